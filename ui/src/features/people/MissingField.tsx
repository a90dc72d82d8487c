import { Stack, Text } from "@mantine/core";
import type { MissingValue } from "../../generated/api";
import { FieldInput } from "../../shared/FieldInput";
import { LongText } from "../../shared/LongText";
import { Masked } from "../../shared/Masked";
import classes from "./WaitingImports.module.css";

interface MissingFieldProps {
  need: MissingValue;
  typed: string;
  /** Why what was typed cannot be used. */
  error?: string;
  onType: (value: string) => void;
}

/** One thing that a hire lacks: why, what Lever said, and where to type the value for this hire only. */
export function MissingField({ need: { label, why, raw, field }, typed, error, onType }: MissingFieldProps) {
  return (
    <div className={classes.need} data-testid="missing-field">
      <Stack gap={2}>
        <Text size="sm" fw={600}>
          {label}
        </Text>
        <Text size="sm">{why}</Text>
        <Text size="sm" c="dimmed">
          Lever says:{" "}
          {raw === null ? (
            <em>empty</em>
          ) : field?.masked === true ? (
            <Masked value={raw} label={`what Lever says for ${label}`} />
          ) : (
            <LongText text={raw} label={`what Lever says for ${label}`} />
          )}
        </Text>
      </Stack>
      {field === null ? (
        <Text size="sm">Only the mapping can be changed.</Text>
      ) : (
        <FieldInput field={field} name={{ "aria-label": `${label} for this hire` }} value={typed} error={error} onChange={onType} />
      )}
    </div>
  );
}
