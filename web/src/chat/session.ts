// The student's session as the page keeps it: the signed sender, and which boxes are ticked.
import * as server from "../server";
import type { Keeper } from "./keeper";

interface Kept {
  sender: string;
  ticks: Record<string, string>;
  opened: string[]; // links to a topic that were followed
}

const MOST_OPENED = 20; // links; a host page keeps 4000 characters

export class Session {
  private kept: Kept = { sender: "", ticks: {}, opened: [] };

  constructor(private readonly keeper: Keeper) {}

  /** What was said before, if this page knows the session of an earlier visit. */
  async restore(): Promise<server.Told[]> {
    this.kept = read(await this.keeper.restored);
    if (!this.kept.sender) return [];
    try {
      return await server.history(this.kept.sender);
    } catch (error) {
      if (error instanceof server.Failure && error.status === 401) this.renew();
      return [];
    }
  }

  /** Ask; a session that is too old is replaced by a new one, without a word to the student. */
  async ask(message: string, guide: string, id: string): Promise<server.Reply[]> {
    if (!this.kept.sender) return server.ask(await this.begin(), message, guide, id);
    try {
      return await server.ask(this.kept.sender, message, guide, id);
    } catch (error) {
      if (!(error instanceof server.Failure) || error.status !== 401) throw error;
      return server.ask(await this.begin(), message, guide, id);
    }
  }

  async forget(): Promise<void> {
    if (this.kept.sender) await server.forget(this.kept.sender);
    this.renew();
  }

  /** Leave this conversation; the next message begins another. */
  renew(): void {
    this.kept = { ...this.kept, sender: "", ticks: {} };
    this.save();
  }

  /** Whether a link is followed for the first time in this tab; from now on it is not. */
  opens(link: string): boolean {
    const { opened } = this.kept;
    if (opened.includes(link)) return false;
    this.kept.opened = [...opened, link].slice(-MOST_OPENED);
    this.save();
    return true;
  }

  async vote(custom: server.Custom, verdict: "up" | "down"): Promise<void> {
    await server.vote(this.kept.sender, custom, verdict);
  }

  ticks = (list: string): string => this.kept.ticks[list] ?? "";

  tick = (list: string, ticks: string): void => {
    this.kept.ticks[list] = ticks;
    this.save();
  };

  private async begin(): Promise<string> {
    this.kept.sender = await server.newSession();
    this.save();
    return this.kept.sender;
  }

  private save(): void {
    this.keeper.keep(JSON.stringify(this.kept));
  }
}

function read(state: string | null): Kept {
  try {
    const { sender, ticks, opened } = JSON.parse(state ?? "{}");
    return { sender: String(sender ?? ""), ticks: Object(ticks ?? {}), opened: Array.from(opened ?? [], String) };
  } catch {
    return { sender: "", ticks: {}, opened: [] };
  }
}
