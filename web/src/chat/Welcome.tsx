import { type About, type Button as Question, school } from "../server";
import { strings } from "../strings";
import { Button } from "./Button";
import { firstOf } from "./Menu";

const words = strings.chat;

interface Props {
  about: About;
  title: string;
  onAsk: (question: Question) => void;
  onGuide: (guide: string) => void;
  /** Take a code from another device; absent where there is none or a chat is going on. */
  onComeBack?: () => void;
}

/** What a student reads before the first message: what this is, what is kept, what not to type. */
export function Welcome({ about, title, onAsk, onGuide, onComeBack }: Props) {
  return (
    <article className="welcome" tabIndex={-1} data-item aria-labelledby="welcome">
      {school && <p className="soft">{words.at(about.school)}</p>}
      <h2 id="welcome">{about.unknown_guide ? words.unknownGuide(about.unknown_guide) : words.welcome(title)}</h2>
      {about.unknown_guide && <Guides about={about} onGuide={onGuide} />}
      <section className="notice" aria-labelledby="notice">
        <h3 id="notice" className="hidden">{words.notice.title}</h3>
        <details>
          <summary>{words.notice.short} <span className="more">{words.notice.more}</span></summary>
          <ul>
            <li>{words.notice.machine}</li>
            <li>{words.notice.kept(about.keep_days)}</li>
            {about.collects_questions && <li>{words.notice.collected}</li>}
            <li>{words.notice.personal}</li>
            <li>{words.notice.person(about.person.name)}</li>
          </ul>
        </details>
      </section>
      <div className="first">
        {firstOf(about).map((topic) => (
          <Button key={topic.payload} look="strong" onClick={() => onAsk(topic)}>{topic.title}</Button>
        ))}
      </div>
      {!about.unknown_guide && <p className="soft">{words.invite}</p>}
      <div className="questions">
        {about.questions.map((question) => (
          <Button key={question.payload} dir="auto" onClick={() => onAsk(question)}>{question.title}</Button>
        ))}
      </div>
      {onComeBack && <Button className="quiet" onClick={onComeBack} aria-haspopup="dialog">{words.back.open}</Button>}
    </article>
  );
}

/** What there is, where the guide that was asked for is unknown. */
function Guides({ about, onGuide }: Pick<Props, "about" | "onGuide">) {
  return (
    <>
      <p className="soft">{words.choose}</p>
      <div className="questions">
        {about.guides.map(({ slug, title }) => (
          <Button key={slug} onClick={() => onGuide(slug)}>{title}</Button>
        ))}
      </div>
    </>
  );
}
