// The student's session as the page keeps it: the signed sender, the senders of chats that were
// left and can still be deleted, and which boxes are ticked.
import * as server from "../server";
import type { Keeper } from "./keeper";

interface Kept {
  sender: string;
  left: string[];
  ticks: Record<string, string>;
  opened: string[]; // links to a topic that were followed
  recent: string[]; // careers that were answered about, the latest first
}

// A host page keeps 4000 characters.
const MOST_LEFT = 20; // chats
const MOST_OPENED = 20; // links
const MOST_RECENT = 5; // careers
const none = (): Kept => ({ sender: "", left: [], ticks: {}, opened: [], recent: [] });

export class Session {
  private kept = none();
  private restoring?: Promise<server.Told[]>;

  constructor(private readonly keeper: Keeper) {}

  /** What was said before, if this page knows the session of an earlier visit; looked up once. */
  restore(): Promise<server.Told[]> {
    return (this.restoring ??= this.lookUp());
  }

  private async lookUp(): Promise<server.Told[]> {
    this.kept = read(await this.keeper.restored);
    return this.told();
  }

  private async told(): Promise<server.Told[]> {
    if (!this.kept.sender) return [];
    try {
      return await server.history(this.kept.sender);
    } catch (error) {
      if (isTooOld(error)) this.drop(this.kept.sender);
      return [];
    }
  }

  /** Ask; a session that is too old is replaced by a new one, without a word to the student. */
  async ask(message: string, guide: string, id: string): Promise<server.Reply[]> {
    await this.restore();
    if (!this.kept.sender) return server.ask(await this.begin(), message, guide, id);
    try {
      return await server.ask(this.kept.sender, message, guide, id);
    } catch (error) {
      if (!isTooOld(error)) throw error;
      return server.ask(await this.begin(), message, guide, id);
    }
  }

  /** Delete this conversation and those that were left. */
  async forget(): Promise<void> {
    await this.restore();
    for (const sender of [...this.kept.left, this.kept.sender].filter(Boolean)) {
      try {
        await server.forget(sender);
      } catch (error) {
        if (!isTooOld(error)) throw error;
      }
      this.drop(sender);
    }
    this.kept.ticks = {};
    this.kept.recent = [];
    this.save();
  }

  /** Leave this conversation; the next message begins another. It can still be deleted. */
  leave(): void {
    const left = [...this.kept.left, this.kept.sender].filter(Boolean);
    this.kept = { ...this.kept, sender: "", ticks: {}, left: left.slice(-MOST_LEFT) };
    this.save();
  }

  /** A code by which this conversation goes on at another device. */
  async code(): Promise<string> {
    await this.restore();
    return server.makeCode(this.kept.sender);
  }

  /** Go on with the conversation that a code leads to, and leave this one; what was said there. */
  async comeBack(code: string): Promise<server.Told[]> {
    await this.restore();
    const sender = await server.useCode(code);
    this.leave();
    this.kept.sender = sender;
    this.save();
    return this.told();
  }

  /** Whether a link is followed for the first time in this tab; from now on it is not. */
  opens(link: string): boolean {
    const { opened } = this.kept;
    if (opened.includes(link)) return false;
    this.kept.opened = [...opened, link].slice(-MOST_OPENED);
    this.save();
    return true;
  }

  /** Careers that were looked at, the latest first. */
  get recent(): string[] {
    return this.kept.recent;
  }

  sees(career: string): void {
    if (this.kept.recent[0] === career) return;
    const others = this.kept.recent.filter((each) => each !== career);
    this.kept.recent = [career, ...others].slice(0, MOST_RECENT);
    this.save();
  }

  async vote(custom: server.Custom, verdict: "up" | "down"): Promise<void> {
    await server.vote(this.kept.sender, custom, verdict);
  }

  ticks = (list: string): string => this.kept.ticks[list] ?? "";

  tick = (list: string, ticks: string): void => {
    this.kept.ticks[list] = ticks;
    this.save();
  };

  private drop(sender: string): void {
    this.kept.left = this.kept.left.filter((each) => each !== sender);
    if (this.kept.sender === sender) this.kept.sender = "";
    this.save();
  }

  private async begin(): Promise<string> {
    this.kept.sender = await server.newSession();
    this.save();
    return this.kept.sender;
  }

  private save(): void {
    this.keeper.keep(JSON.stringify(this.kept));
  }
}

const isTooOld = (error: unknown): boolean =>
  error instanceof server.Failure && error.status === 401;

function read(state: string | null): Kept {
  try {
    const { sender, left, ticks, opened, recent } = JSON.parse(state ?? "{}");
    const texts = (some: unknown) => Array.from((some ?? []) as unknown[], String);
    return {
      sender: String(sender ?? ""), left: texts(left), ticks: Object(ticks ?? {}), opened: texts(opened),
      recent: texts(recent),
    };
  } catch {
    return none();
  }
}
