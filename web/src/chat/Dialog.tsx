import { X } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { strings } from "../strings";
import { IconButton } from "./Button";

interface Props {
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/** A window over the page; focus goes back to where it was. */
export function Dialog({ title, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => void (before instanceof HTMLElement && before.focus());
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby="dialog-title"
      onCancel={onClose}
      onClick={({ target }) => target === dialog.current && onClose()}
    >
      <div className="dialog-body">
        <div className="dialog-head">
          <h2 id="dialog-title">{title}</h2>
          <IconButton icon={X} label={strings.chat.close} onClick={onClose} />
        </div>
        {children}
      </div>
    </dialog>
  );
}
