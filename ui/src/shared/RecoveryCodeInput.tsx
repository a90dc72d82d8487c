import { TextInput } from "@mantine/core";

interface RecoveryCodeInputProps {
  value: string;
  /** Why the engine refused it, or null. */
  refused: string | null;
  onChange: (code: string) => void;
}

/** Takes the recovery code as it was kept; it stays visible, because it is copied from paper. */
export function RecoveryCodeInput({ value, refused, onChange }: RecoveryCodeInputProps) {
  return (
    <TextInput
      label="Recovery code"
      value={value}
      error={refused}
      aria-invalid={refused !== null}
      autoComplete="off"
      spellCheck={false}
      classNames={{ input: "mono" }}
      onChange={(event) => onChange(event.currentTarget.value)}
      data-autofocus
      autoFocus
    />
  );
}
