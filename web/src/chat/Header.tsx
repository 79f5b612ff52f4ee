import {
  ChatbotHeader,
  ChatbotHeaderActions,
  ChatbotHeaderMain,
  ChatbotHeaderTitle,
} from "@patternfly/chatbot/dist/esm/ChatbotHeader";
import { Button } from "@patternfly/react-core/dist/esm/components/Button";
import icon from "../icon.svg";
import { strings } from "../strings";

const words = strings.chat;

interface Props {
  career: string;
  onMenu?: () => void;
  onClose?: () => void;
}

export function Header({ career, onMenu, onClose }: Props) {
  return (
    <ChatbotHeader>
      <ChatbotHeaderMain>
        <img src={icon} alt="" width={36} height={36} />
        <ChatbotHeaderTitle>
          <h1>{words.name}</h1>
          {career && <p className="soft">{career}</p>}
        </ChatbotHeaderTitle>
      </ChatbotHeaderMain>
      <ChatbotHeaderActions>
        {onMenu && (
          <Button variant="secondary" onClick={onMenu} aria-haspopup="dialog" aria-label={words.menu}>
            {words.topics}
          </Button>
        )}
        {onClose && (
          <Button variant="plain" onClick={onClose} aria-label={words.closeChat} className="close">
            <span aria-hidden="true">✕</span>
          </Button>
        )}
      </ChatbotHeaderActions>
    </ChatbotHeader>
  );
}
