import { Menu, Search, X } from "lucide-react";
import icon from "../icon.svg";
import { strings } from "../strings";
import { Button, IconButton } from "./Button";

const words = strings.chat;

interface Props {
  career: string;
  /** The name of the school, where there are several. */
  school?: string;
  logo?: string | null;
  onCareer?: () => void;
  onHelp?: () => void;
  onMenu?: () => void;
  onClose?: () => void;
}

export function Header({ career, school, logo, onCareer, onHelp, onMenu, onClose }: Props) {
  return (
    <header>
      <div className="column">
        <img src={logo || icon} alt="" width={36} height={36} />
        <div className="title">
          <h1>{school ? words.at(school) : words.name}</h1>
          {career && <p className="soft">{career}</p>}
          {onCareer && (
            <Button className="change" onClick={onCareer} aria-haspopup="dialog" aria-label={strings.search.open}>
              <Search size="1.1rem" aria-hidden="true" /> <span>{strings.search.open}</span>
            </Button>
          )}
        </div>
        {onHelp && (
          <Button className="help" onClick={onHelp} aria-haspopup="dialog">{words.help.open}</Button>
        )}
        {onMenu && (
          <Button className="menu" onClick={onMenu} aria-haspopup="dialog" aria-label={words.menu}>
            <Menu size="1.25rem" aria-hidden="true" /> <span>{words.topics}</span>
          </Button>
        )}
        {onClose && <IconButton icon={X} label={words.closeChat} className="close" onClick={onClose} />}
      </div>
    </header>
  );
}
