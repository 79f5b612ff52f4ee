import { useLayoutEffect, useRef } from "react";

/** Nodes that were drawn outside React. */
export function Nodes({ nodes }: { nodes: Node[] | (() => Node[]) }) {
  const host = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    host.current?.replaceChildren(...(typeof nodes === "function" ? nodes() : nodes));
  }, []);
  return <div ref={host} />;
}
