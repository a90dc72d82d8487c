import { Button, TextInput } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useAnnounce } from "./announce";

const SHOWN_MS = 2_000;

interface CopyButtonProps {
  text: string;
  what: string;
  label?: string;
  /** Whether it stands in a field, whose border is then enough. */
  inField?: boolean;
}

/** *Copy*, which says that it copied, also to a screen reader. */
export function CopyButton({ text, what, label, inField = false }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  const announce = useAnnounce();
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      announce(`${what} copied`);
    } catch {
      announce(`${what} could not be copied. Select it and press Ctrl+C.`);
    }
  };
  return (
    <Button
      variant={inField ? "subtle" : "default"}
      size={inField ? "compact-sm" : "sm"}
      leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
      aria-label={label ?? `Copy ${what}`}
      onClick={() => void copy()}
    >
      {copied ? "Copied" : (label ?? "Copy")}
    </Button>
  );
}

/** A text that is only there to be copied. */
export function CopyField({ label, value, description }: { label: string; value: string; description?: string }) {
  return (
    <TextInput
      label={label}
      description={description}
      value={value}
      readOnly
      classNames={{ input: "mono" }}
      rightSection={<CopyButton text={value} what={label} inField />}
      rightSectionWidth={104}
      rightSectionProps={{ style: { justifyContent: "flex-end", paddingInlineEnd: 6 } }}
      onFocus={(event) => event.currentTarget.select()}
    />
  );
}
