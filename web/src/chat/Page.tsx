import { useEffect, useRef, useState } from "react";
import type { Tools } from "../cards";
import { tint } from "../colours";
import { type About, about, type Career, Failure, type Reply, school, type Told } from "../server";
import { strings } from "../strings";
import { type Asked, nameGuide } from "./address";
import { Code, ComeBack } from "./Code";
import { Footer } from "./Footer";
import { Header } from "./Header";
import { Help } from "./Help";
import type { Keeper } from "./keeper";
import { Log } from "./Log";
import { Menu } from "./Menu";
import { onVoices } from "./speech";
import { Search } from "./Search";
import type { Session } from "./session";
import { Take } from "./Take";
import { careerOf, type Trouble, useTalk } from "./talk";

const words = strings.chat;

interface Props {
  asked: Asked;
  /** The box as it was before the page was ready. */
  first: { typed: string; focused: boolean };
  keeper: Keeper;
  session: Session;
}

export function Page({ asked, first, keeper, session }: Props) {
  const [known, setKnown] = useState<About>();
  const [guide, setGuide] = useState(""); // what the page is about; a talk may have gone on to another
  const [open, setOpen] = useState<"menu" | "help" | "search" | "code" | "back" | "take">();
  const [canRead, setCanRead] = useState(false);
  const [atEnd, setAtEnd] = useState(true);
  const [unloaded, setUnloaded] = useState<Trouble>();
  const field = useRef<HTMLTextAreaElement>(null);
  const end = useRef<HTMLDivElement>(null);
  const inUse = useRef("");
  const titles = useRef(new Map<string, string>()); // of the careers that were spoken of
  const opened = useRef(""); // the message that the link of this page stands for
  const talk = useTalk(session, guide, first.typed, (career) => {
    session.sees(career);
    void follow(career);
  });

  const know = (told: About) => {
    told.guides.forEach(({ slug, title }) => titles.current.set(slug, title));
    setKnown(told);
  };

  /** Let head and topics be those of the career that is spoken of; whether they are. */
  const follow = async (career: string): Promise<boolean> => {
    if (inUse.current === career) return true;
    inUse.current = career;
    try {
      const told = await about(career);
      if (inUse.current !== career || !told.guide) return false;
      know(told);
      return true;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      inUse.current = ""; // they stay as they are; the next answer tries again
      return false;
    }
  };

  const load = async (guide = asked.guide) => {
    setUnloaded(undefined);
    try {
      const told = await about(guide, asked.topic);
      if (!asked.colour) tint(told.colour);
      inUse.current = told.guide;
      know(told);
      setGuide(told.guide);
      const before = await session.restore();
      const turn = !known && asked.guide && turned(told, before);
      if (turn) talk.tell(turn);
      if (!known && told.unknown_topic) talk.tell({ text: words.unknownTopic(told.unknown_topic), buttons: told.questions });
      const last = careerOf(before);
      const goesOn = !known && !asked.guide && last && (await follow(last));
      if (goesOn) setGuide(last);
      const first = told.guide && told.topic;
      if (!first) return;
      opened.current = first.payload;
      const isNew = session.opens(`${told.guide} ${first.payload}`);
      if (isNew || !asked.again) await talk.send(first, goesOn ? last : told.guide);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      setUnloaded({ said: words.failed.unloaded, retry: () => void load(guide) });
    }
  };

  useEffect(() => {
    if (first.focused) field.current?.focus();
    void session.restore().then(talk.show);
    void load();
    onVoices(document.documentElement.lang, setCanRead);
    keeper.onOpen(() => field.current?.focus());
    if (!keeper.close) return;
    const leave = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !document.querySelector("dialog[open]")) keeper.close?.();
    };
    document.addEventListener("keydown", leave);
    return () => document.removeEventListener("keydown", leave);
  }, []);

  const choose = (guide: string) => {
    nameGuide(guide);
    void load(guide);
    field.current?.focus();
  };
  const pick = ({ slug, title }: Career) => {
    if (talk.busy) return;
    close();
    nameGuide(slug);
    if (opened.current) session.opens(`${slug} ${opened.current}`); // it was asked of another career
    setGuide(slug);
    void talk.send({ title, payload: `/ask_summary{"career": "${slug}"}` }, slug);
  };
  const close = () => setOpen(undefined);
  const closeAndType = () => {
    close();
    field.current?.focus();
  };
  const comeBack = async (code: string) => {
    const last = careerOf(await talk.comeBack(code));
    if (last && (await follow(last))) setGuide(last);
    closeAndType();
  };
  const nameOf = (guide: string) => titles.current.get(guide) ?? inWords(guide);
  const tools: Tools = {
    ticks: session.ticks, tick: session.tick, say: talk.say,
    school: known?.school ?? "", logo: known?.logo ?? "",
    ask: (question) => void talk.send(question),
  };
  const help = known?.help;

  return (
    <div className="page">
      <Header
        career={titleOf(known)}
        school={school && known?.school}
        logo={known?.logo}
        onCareer={known && (() => setOpen("search"))}
        onHelp={help && (() => setOpen("help"))}
        onMenu={known && (() => setOpen("menu"))}
        onClose={keeper.close}
      />
      <Log
        talk={talk}
        about={known}
        title={titleOf(known)}
        tools={tools}
        canRead={canRead}
        onGuide={choose}
        onComeBack={() => setOpen("back")}
        end={end}
        onSight={setAtEnd}
      />
      <Footer
        trouble={unloaded ?? talk.trouble}
        draft={talk.draft}
        busy={talk.busy}
        field={field}
        onDraft={talk.setDraft}
        onSend={(text) => void talk.send({ title: text, payload: text })}
        onEnd={atEnd ? undefined : () => end.current?.scrollIntoView()}
      />
      {help && open === "help" && <Help card={help} tools={tools} onClose={close} />}
      {open === "search" && <Search recent={session.recent} onPick={pick} onClose={close} />}
      {known && open === "code" && (
        <Code days={known.keep_days} hasSaid={talk.entries.some(({ from }) => from === "student")} make={() => session.code()} onClose={close} />
      )}
      {open === "back" && <ComeBack hasSaid={talk.entries.length > 0} comeBack={comeBack} onClose={close} />}
      {known && open === "take" && (
        <Take entries={talk.entries} about={known} titleOf={nameOf} tools={tools} onClose={close} />
      )}
      {known && open === "menu" && (
        <Menu
          about={known}
          onClose={close}
          onTopic={(button) => {
            close();
            void talk.send(button);
          }}
          onHelp={help && (() => setOpen("help"))}
          onTake={() => setOpen("take")}
          onCode={() => setOpen("code")}
          onComeBack={() => setOpen("back")}
          onStartOver={() => {
            talk.startOver();
            void follow(guide);
            closeAndType();
          }}
          onForget={async (said) => {
            close();
            await talk.forget(said);
            void follow(guide);
            field.current?.focus();
          }}
        />
      )}
    </div>
  );
}

const titleOf = (known?: About): string =>
  known?.guides.find(({ slug }) => slug === known.guide)?.title ?? "";

/** The name of a guide that nothing told the title of yet: those of a chat that was loaded again. */
const inWords = (guide: string): string =>
  guide.replace(/-/g, " ").replace(/^./, (letter) => letter.toUpperCase());

/** What is said where a page of another guide goes on with a talk: nothing else shows it. */
function turned(known: About, before: Told[]): Reply | undefined {
  const last = careerOf(before);
  if (!last || !known.guide || last === known.guide) return undefined;
  return { text: words.turned(titleOf(known)), buttons: known.questions };
}
