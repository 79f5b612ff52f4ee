import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";
import type { Tools } from "../cards";
import type { About } from "../server";
import { strings } from "../strings";
import { Bubble, Typing } from "./Bubble";
import type { Talk } from "./talk";
import { Welcome } from "./Welcome";

const words = strings.chat;
const ITEMS = "[data-item]";
const CONTROLS = "a[href], button, input, summary";

/** Milliseconds that an answer may take before it is said that one is being written. */
const PATIENCE = 1000;

/** Milliseconds that a smooth scroll may take. */
const SCROLLING = 1000;

/** The message that is being scrolled to, and until when. */
interface Aim {
  item: Element;
  until: number;
}
type AimRef = RefObject<Aim | undefined>;

interface Props {
  talk: Talk;
  about?: About;
  title: string;
  tools: Tools;
  canRead: boolean;
  onGuide: (guide: string) => void;
  onComeBack: () => void;
  end: RefObject<HTMLDivElement | null>;
  /** Told whether the newest message is in sight. */
  onSight: (inSight: boolean) => void;
}

export function Log({ talk, about, title, tools, canRead, onGuide, onComeBack, end, onSight }: Props) {
  const { entries, busy } = talk;
  const isNew = !entries.length && !busy && Boolean(about?.keep_days);
  const waits = useLasting(busy);
  const log = useRef<HTMLDivElement>(null);
  useOneTabStop(log, entries.length);
  const aim = useRef<Aim>(undefined);
  useQuestionOnTop(log, entries.length, busy, aim);
  usePlaceKept(log, aim);

  useEffect(() => {
    const watch = new IntersectionObserver(([seen]) => onSight(Boolean(seen?.isIntersecting)), { root: log.current });
    watch.observe(end.current!);
    return () => watch.disconnect();
  }, []);

  return (
    <main>
      <div ref={log} className="log" role="log" aria-live="off" aria-label={words.log} onKeyDown={moveByArrow}>
        <div className="column">
          {about && (
            <Welcome
              about={about}
              title={title}
              onAsk={(button) => void talk.send(button)}
              onGuide={onGuide}
              onComeBack={isNew ? onComeBack : undefined}
            />
          )}
          {entries.map((entry, place) => (
            <Bubble key={entry.id} number={place + 1} entry={entry} talk={talk} tools={tools} canRead={canRead} />
          ))}
          {busy && <Typing />}
          <div ref={end} />
        </div>
      </div>
      <p className="hidden announcement" aria-live="polite">{waits ? words.writing : talk.announcement}</p>
    </main>
  );
}

/** Whether something goes on for so long that whoever listens wants to hear of it. */
function useLasting(on: boolean): boolean {
  const [lasts, setLasts] = useState(false);
  useEffect(() => {
    const timer = on && setTimeout(() => setLasts(true), PATIENCE);
    return () => {
      if (timer) clearTimeout(timer);
      setLasts(false);
    };
  }, [on]);
  return on && lasts;
}

/** Only one message and its controls are tab stops: the one that had focus, else the newest. */
function useOneTabStop(log: RefObject<HTMLDivElement | null>, count: number): void {
  const current = useRef<Element | null>(null);
  const mark = () => {
    const items = [...log.current!.querySelectorAll<HTMLElement>(ITEMS)];
    const chosen = items.find((item) => item === current.current) ?? items.at(-1);
    for (const item of items) {
      item.tabIndex = item === chosen ? 0 : -1;
      item.querySelectorAll<HTMLElement>(CONTROLS).forEach((control) => (control.tabIndex = item.tabIndex));
    }
  };
  useEffect(() => {
    current.current = null;
  }, [count]);
  useEffect(mark);
  useEffect(() => {
    const node = log.current!;
    const follow = ({ target }: FocusEvent) => {
      current.current = (target as Element).closest(ITEMS);
      mark();
    };
    node.addEventListener("focusin", follow);
    return () => node.removeEventListener("focusin", follow);
  }, []);
}

function moveByArrow(event: KeyboardEvent<HTMLDivElement>): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>(ITEMS)];
  const place = items.indexOf(event.target as HTMLElement);
  const aim = { ArrowUp: place - 1, ArrowDown: place + 1, Home: 0, End: items.length - 1 }[event.key];
  const next = place < 0 || aim === undefined ? undefined : items[aim];
  if (!next) return;
  event.preventDefault();
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

/** The question goes to the top and its answer is read from there, unless little room is left. */
function useQuestionOnTop(log: RefObject<HTMLDivElement | null>, count: number, busy: boolean, aim: AimRef): void {
  useEffect(() => {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const waiting = setTimeout(() => {
      if (document.activeElement?.matches(ITEMS)) return; // somebody reads by keys
      const asked = [...log.current!.querySelectorAll<HTMLElement>(".from-student")].at(-1);
      const answer = asked?.nextElementSibling as HTMLElement | null | undefined;
      const isFar = asked && answer && answer.offsetTop - asked.offsetTop > log.current!.clientHeight / 3;
      const item = isFar ? answer : asked;
      if (item) aim.current = { item, until: performance.now() + SCROLLING };
      item?.scrollIntoView({ block: "start", behavior: calm ? "instant" : "smooth" });
    }, 60);
    return () => clearTimeout(waiting);
  }, [count, busy]);
}

/** A phone that is turned shows the same message on top as before, or the same part of a long one. */
function usePlaceKept(log: RefObject<HTMLDivElement | null>, aim: AimRef): void {
  useEffect(() => {
    const node = log.current!;
    let kept: { item: Element; below: () => number } | undefined;
    const remember = () => {
      const { top, bottom } = node.getBoundingClientRect();
      const seen = [...node.querySelectorAll(ITEMS)].filter((each) => {
        const place = each.getBoundingClientRect();
        return place.bottom > top && place.top < bottom;
      });
      const item = seen.find((each) => each.getBoundingClientRect().top >= top - 1) ?? seen[0];
      if (!item) return;
      const place = item.getBoundingClientRect();
      const below = place.top - top;
      const part = below / place.height;
      kept = { item, below: () => (below < 0 ? part * item.getBoundingClientRect().height : below) };
    };
    const turned = new ResizeObserver(() => {
      if (aim.current && performance.now() < aim.current.until) {
        aim.current.item.scrollIntoView({ block: "start", behavior: "instant" });
        return;
      }
      if (!kept) return;
      const below = kept.item.getBoundingClientRect().top - node.getBoundingClientRect().top;
      node.scrollTop += below - kept.below();
    });
    node.addEventListener("scroll", remember);
    turned.observe(node);
    return () => {
      node.removeEventListener("scroll", remember);
      turned.disconnect();
    };
  }, []);
}
