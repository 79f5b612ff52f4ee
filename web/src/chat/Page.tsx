import Chatbot, { ChatbotDisplayMode } from "@patternfly/chatbot/dist/esm/Chatbot";
import { ChatbotContent } from "@patternfly/chatbot/dist/esm/ChatbotContent";
import { useEffect, useRef, useState } from "react";
import type { Tools } from "../cards";
import { type About, about, type Button, Failure, type Told } from "../server";
import { strings } from "../strings";
import { type Asked, nameGuide } from "./address";
import { Footer } from "./Footer";
import { Header } from "./Header";
import type { Keeper } from "./keeper";
import { Log } from "./Log";
import { Menu } from "./Menu";
import { onVoices } from "./speech";
import type { Session } from "./session";
import { type Trouble, useTalk } from "./talk";

const words = strings.chat;

interface Props {
  asked: Asked;
  keeper: Keeper;
  session: Session;
}

export function Page({ asked, keeper, session }: Props) {
  const [known, setKnown] = useState<About>();
  const [menuOpen, setMenuOpen] = useState(false);
  const [canRead, setCanRead] = useState(false);
  const [unloaded, setUnloaded] = useState<Trouble>();
  const field = useRef<HTMLTextAreaElement>(null);
  const talk = useTalk(session, known?.guide ?? "");

  const load = async (guide = asked.guide) => {
    setUnloaded(undefined);
    try {
      const told = await about(guide);
      if (!known) {
        const before = await session.restore();
        talk.show([...before, ...(asked.guide ? turned(told, before) : [])]);
      }
      setKnown(told);
      const first = topicNamed(told, asked.topic);
      if (!first) return;
      const isNew = session.opens(`${told.guide} ${asked.topic}`);
      if (isNew || !asked.again) await talk.send(first, told.guide);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      setUnloaded({ said: words.failed.unloaded, retry: () => void load(guide) });
    }
  };

  useEffect(() => {
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
  const tools: Tools = { ticks: session.ticks, tick: session.tick, say: talk.say };
  const startOver = () => {
    setMenuOpen(false);
    talk.startOver();
    field.current?.focus();
  };

  return (
    <Chatbot displayMode={ChatbotDisplayMode.fullscreen} ariaLabel={words.page}>
      <Header
        career={titleOf(known)}
        onMenu={known && (() => setMenuOpen(true))}
        onClose={keeper.close}
      />
      <ChatbotContent>
        <Log onGuide={choose} talk={talk} about={known} title={titleOf(known)} tools={tools} canRead={canRead} />
      </ChatbotContent>
      <Footer
        trouble={unloaded ?? talk.trouble}
        draft={talk.draft}
        busy={talk.busy}
        field={field}
        onSend={(text) => void talk.send({ title: text, payload: text })}
      />
      {known && menuOpen && (
        <Menu
          about={known}
          onClose={() => setMenuOpen(false)}
          onTopic={(button) => {
            setMenuOpen(false);
            void talk.send(button);
          }}
          onStartOver={startOver}
          onForget={async () => {
            setMenuOpen(false);
            await talk.forget();
            field.current?.focus();
          }}
        />
      )}
    </Chatbot>
  );
}

const titleOf = (known?: About): string =>
  known?.guides.find(({ slug }) => slug === known.guide)?.title ?? "";

/** What is said where a page of another guide goes on with a talk: nothing else shows it. */
function turned(known: About, before: Told[]): Told[] {
  const last = before.findLast(({ custom }) => custom?.guide)?.custom?.guide;
  if (!last || !known.guide || last === known.guide) return [];
  const text = words.turned(titleOf(known));
  return [{ from: "guide", at: Date.now() / 1000, text, buttons: known.questions }];
}

function topicNamed(known: About, topic: string): Button | undefined {
  const payloads = [`/ask_${topic}`, `/${topic}`];
  return known.menu.flatMap((group) => group.topics).find(({ payload }) => payloads.includes(payload));
}
