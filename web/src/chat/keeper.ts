// Where the page keeps its session: the host page if it has a launcher, else this tab's storage.
// Storage throws where a browser blocks it for frames; then the session lives as long as the page.

import { school } from "../server";

export interface Keeper {
  /** What was kept, once it is known. */
  restored: Promise<string | null>;
  keep(state: string): void;
  /** Close the frame; absent where there is none to close. */
  close?: () => void;
  /** Called each time the frame is opened. */
  onOpen(listener: () => void): void;
}

const KEY = school ? `guidepost/${school}` : "guidepost"; // no school goes on with another's chat
const PATIENCE = 3000; // ms until a host that says nothing is taken for none

function ownStorage(): Keeper {
  let kept: string | null = null;
  try {
    kept = sessionStorage.getItem(KEY);
  } catch {
    // blocked: nothing was kept
  }
  return {
    restored: Promise.resolve(kept),
    keep(state) {
      try {
        sessionStorage.setItem(KEY, state);
      } catch {
        // blocked: kept in memory by the page itself
      }
    },
    onOpen() {},
  };
}

/** The origin of the page that holds this frame, as the browser vouches for it. */
function hostOrigin(): string | null {
  try {
    return new URL(document.referrer).origin;
  } catch {
    return null;
  }
}

function hostStorage(origin: string): Keeper {
  const listeners: (() => void)[] = [];
  const tell = (message: object) => window.parent.postMessage(message, origin);
  const restored = new Promise<string | null>((resolve) => {
    setTimeout(() => resolve(null), PATIENCE);
    window.addEventListener("message", (event) => {
      if (event.origin !== origin || event.source !== window.parent) return;
      if (event.data?.guidepost !== "open") return;
      resolve(typeof event.data.state === "string" ? event.data.state : null);
      listeners.forEach((listener) => listener());
    });
  });
  return {
    restored: (tell({ guidepost: "ready" }), restored),
    keep: (state) => tell({ guidepost: "keep", state }),
    close: () => tell({ guidepost: "close" }),
    onOpen: (listener) => void listeners.push(listener),
  };
}

export function keeper(hasLauncher: boolean): Keeper {
  const origin = hasLauncher && window.parent !== window ? hostOrigin() : null;
  return origin ? hostStorage(origin) : ownStorage();
}
