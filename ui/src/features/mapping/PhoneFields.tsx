import { Select } from "@mantine/core";
import type { Transform } from "../../generated/api";
import { regions } from "./regions";

type Phone = Extract<Transform, { kind: "phone" }>;

/** The country of phone numbers that do not tell theirs. */
export function PhoneFields({ step, onChange }: { step: Phone; onChange: (step: Phone) => void }) {
  return (
    <Select
      label="Country of numbers without a country code"
      data={regions()}
      value={step.country === "" ? null : step.country}
      onChange={(country) => onChange({ ...step, country: country ?? "" })}
      searchable
      nothingFoundMessage="No such country"
      maxDropdownHeight={280}
    />
  );
}
