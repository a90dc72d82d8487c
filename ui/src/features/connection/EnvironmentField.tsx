import { Radio, Stack } from "@mantine/core";
import type { ConnectionView, Environment } from "../../generated/api";

interface EnvironmentFieldProps {
  choices: ConnectionView["environments"];
  value: Environment | null;
  onChange: (environment: Environment) => void;
}

/** Which Lever: production, sandbox, practice, or the address given at the start. */
export function EnvironmentField({ choices, value, onChange }: EnvironmentFieldProps) {
  return (
    <Radio.Group
      label="Environment"
      value={value}
      onChange={(chosen) => {
        const next = choices.find(({ environment }) => environment === chosen);
        if (next) onChange(next.environment);
      }}
    >
      <Stack gap="xs" mt="xs">
        {choices.map(({ environment, label, address }) => (
          <Radio key={environment} value={environment} label={label} description={address} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
