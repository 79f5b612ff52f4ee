import { useEffect, useMemo, useRef, useState } from "react";
import { besideCard, drawCard, printSheet, still, today, type Tools } from "../cards";
import type { About, Source } from "../server";
import { strings } from "../strings";
import { Lines } from "./Bubble";
import { Button } from "./Button";
import { Dialog } from "./Dialog";
import { Nodes } from "./Nodes";
import type { Entry } from "./talk";

const words = strings.chat.take;
const TAKEN = ["answer", "local", "plan", "quiz"];
const RESULTS = ["plan", "quiz"];
const LONGEST = 90; // characters of an answer by which it is told from others

/** An answer that can go on the page, with the question before it. */
interface Part {
  entry: Entry;
  heading: string;
  question: string;
}

interface Props {
  entries: Entry[];
  about: About;
  /** The title of a career. */
  titleOf: (guide: string) => string;
  tools: Tools;
  onClose: () => void;
}

/** Answers on one page, to print or to show. Nothing here asks the server. */
export function Take({ entries, about, titleOf, tools, onClose }: Props) {
  const parts = useMemo(() => partsOf(entries, about, titleOf), []);
  const [ticked, setTicked] = useState(() => parts.filter(isResult).map(({ entry }) => entry.id));
  const [mine, setMine] = useState(false);
  const [shown, setShown] = useState(false);
  const page = useRef<HTMLDivElement>(null);
  useEffect(() => page.current?.focus({ preventScroll: true }), [shown]);
  if (!parts.length) return <Dialog title={words.open} onClose={onClose}><p>{words.nothing}</p></Dialog>;

  if (shown) {
    const chosen = parts.filter(({ entry }) => ticked.includes(entry.id));
    const works = [...new Set(chosen.flatMap(({ entry }) => entry.custom!.sources.map(cited)))];
    return (
      <Dialog key="page" title={words.open} onClose={onClose}>
        <div className="choices">
          <Button look="strong" onClick={() => printSheet(page.current!.cloneNode(true))}>{words.print}</Button>
          <Button onClick={() => setShown(false)}>{words.change}</Button>
        </div>
        <div ref={page} className="taken" role="group" tabIndex={-1} aria-labelledby="taken-title">
          <Head about={about} tools={tools} />
          <div className="parts">
            {chosen.map((part) => <Answer key={part.entry.id} part={part} works={works} mine={mine} tools={tools} />)}
          </div>
          {works.length > 0 && (
            <section>
              <h4 id="works">{strings.cards.sources}</h4>
              <ol className="works" aria-labelledby="works">{works.map((work) => <li key={work}>{work}</li>)}</ol>
            </section>
          )}
          <p className="soft">{words.check} {words.talk(about.person.name)}</p>
        </div>
      </Dialog>
    );
  }
  const tick = (id: number, isOn: boolean) =>
    setTicked((before) => (isOn ? [...before, id] : before.filter((each) => each !== id)));
  return (
    <Dialog key="choose" title={words.open} onClose={onClose}>
      <p>{words.why}</p>
      <fieldset className="takes">
        <legend>{words.choose}</legend>
        {parts.map(({ entry, heading }) => (
          <Tick key={entry.id} isOn={ticked.includes(entry.id)} onTick={(isOn) => tick(entry.id, isOn)}>
            <strong>{heading}</strong> <span className="soft" dir="auto">{shortened(entry.text)}</span>
          </Tick>
        ))}
      </fieldset>
      <div className="choices">
        <Button onClick={() => setTicked(parts.map(({ entry }) => entry.id))}>{words.all}</Button>
        <Button onClick={() => setTicked([])}>{words.none}</Button>
      </div>
      <div className="takes"><Tick isOn={mine} onTick={setMine}>{words.mine}</Tick></div>
      <div className="choices">
        <Button look="strong" aria-disabled={!ticked.length} onClick={() => ticked.length && setShown(true)}>{words.show}</Button>
        <p className="soft" role="status">{!ticked.length && words.unticked}</p>
      </div>
    </Dialog>
  );
}

function Tick({ isOn, onTick, children }: { isOn: boolean; onTick: (isOn: boolean) => void; children: React.ReactNode }) {
  return (
    <label>
      <input type="checkbox" checked={isOn} onChange={({ target }) => onTick(target.checked)} />
      <span>{children}</span>
    </label>
  );
}

function Head({ about, tools }: { about: About; tools: Tools }) {
  return (
    <div className="taken-head">
      {tools.logo && <img className="logo" src={tools.logo} alt="" />}
      <h3 id="taken-title">{words.title}</h3>
      <p className="soft">{strings.cards.printed(about.school, today())}</p>
    </div>
  );
}

interface AnswerProps {
  part: Part;
  /** What all answers on the page come from; each names the numbers of its own. */
  works: string[];
  mine: boolean;
  tools: Tools;
}

function Answer({ part: { entry, heading, question }, works, mine, tools }: AnswerProps) {
  const { text, custom } = entry;
  const card = useMemo(() => {
    const drawn = custom?.card ? drawCard({ ...custom.card, title: undefined }, tools, custom.sources) : null;
    return drawn && still(drawn);
  }, []);
  const { before, after } = besideCard(text, card);
  const numbers = custom?.sources.map((source) => works.indexOf(cited(source)) + 1).join(", ");
  return (
    <section>
      <h4>{heading}</h4>
      {mine && question && <p className="asked" dir="auto">{words.asked} “{question}”</p>}
      <Lines lines={before} />
      {card && <Nodes nodes={[card]} />}
      <Lines lines={after} />
      {numbers && <p className="soft">{words.sources} {numbers}</p>}
    </section>
  );
}

const cited = ({ publisher, title }: Source): string => `${publisher}: ${title}`;

const isResult = ({ entry }: Part): boolean => RESULTS.includes(entry.custom?.kind ?? "");

/** A statement of a quiz that runs is no answer: it has no card. */
const isTaken = ({ from, custom }: Entry): boolean =>
  from === "guide" && TAKEN.includes(custom?.kind ?? "") && (custom?.kind !== "quiz" || Boolean(custom.card));

function partsOf(entries: Entry[], about: About, titleOf: (guide: string) => string): Part[] {
  const topics = new Map(about.menu.flatMap(({ topics }) => topics).map(({ title, payload }) => [payload, title]));
  return entries.flatMap((entry, place) => {
    if (!isTaken(entry)) return [];
    const { topic, guide, card } = entry.custom!;
    const title = card?.title ?? topics.get(`/ask_${topic}`) ?? "";
    const career = guide ? titleOf(guide) : "";
    const heading = career && title ? words.about(career, title) : career || title || shortened(entry.text);
    const question = entries.slice(0, place).findLast(({ from }) => from === "student")?.text ?? "";
    return [{ entry, heading, question }];
  });
}

const shortened = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
