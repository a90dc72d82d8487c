import { TextInput } from "@mantine/core";
import { cleanToken, tokenHint } from "./token";

interface TokenInputProps {
  value: string;
  error?: string | null;
  onChange: (token: string) => void;
}

/** *Signature token*: shown as dots, recognised by its length and last four characters. */
export function TokenInput({ value, error, onChange }: TokenInputProps) {
  return (
    <TextInput
      label="Signature token"
      description={tokenHint(value) ?? "Paste it from Lever."}
      type="password"
      autoComplete="off"
      spellCheck={false}
      value={value}
      error={error}
      onChange={(event) => onChange(cleanToken(event.currentTarget.value))}
      data-testid="signature-token"
    />
  );
}
