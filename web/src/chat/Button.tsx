import type { LucideIcon } from "lucide-react";
import type { ButtonHTMLAttributes } from "react";

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: "usual" | "strong" | "danger";
}

export const Button = ({ look = "usual", className = "", ...props }: Props) => (
  <button type="button" {...props} className={`button ${look} ${className}`} />
);

interface IconProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  icon: LucideIcon;
  label: string;
}

export const IconButton = ({ icon: Icon, label, className = "", ...props }: IconProps) => (
  <button type="button" {...props} className={`icon-button ${className}`} aria-label={label} title={label}>
    <Icon size={20} aria-hidden="true" />
  </button>
);
