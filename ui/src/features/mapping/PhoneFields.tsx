import { TextInput } from "@mantine/core";
import type { Transform } from "../../generated/api";

type Phone = Extract<Transform, { kind: "phone" }>;

const regions = new Intl.DisplayNames("en", { type: "region", fallback: "none" });

/** The country of phone numbers that do not tell theirs. */
export function PhoneFields({ step, onChange }: { step: Phone; onChange: (step: Phone) => void }) {
  const name = regionName(step.country);
  return (
    <TextInput
      label="Country of numbers without a country code"
      description={name ?? "Two letters, such as US or DE."}
      maxLength={2}
      value={step.country}
      onChange={(event) => onChange({ ...step, country: event.currentTarget.value.toUpperCase() })}
    />
  );
}

function regionName(code: string): string | undefined {
  return /^[A-Z]{2}$/.test(code) ? regions.of(code) : undefined;
}
