import { Button, Group, Text } from "@mantine/core";
import { useAction } from "../../commands";
import type { Fields } from "../../generated/api";
import { Notice } from "../../shared/Notice";
import { Problem } from "../../shared/Problem";
import { Time } from "../../shared/Time";

/** From when the Lever fields are, and *Read again* for a field that was made in Lever since. */
export function FieldsAge({ fields: { read_at, reading, problem } }: { fields: Fields }) {
  const read = useAction("mappings.fields");
  const busy = reading || read.isPending;
  const again = () => read.mutate({ fresh: true });
  return (
    <>
      {problem !== null && <Notice tone="wait">{problem}</Notice>}
      {read.error && <Problem error={read.error} onRetry={again} />}
      <Group gap="sm">
        <Text size="sm" c="dimmed" role="status">
          {busy ? "Reading the fields from Lever…" : read_at === null ? "Only Lever's standard fields are listed." : <>Lever's fields, read <Time at={read_at} /></>}
        </Text>
        <Button size="compact-sm" variant="subtle" loading={busy} onClick={again}>
          Read again
        </Button>
      </Group>
    </>
  );
}
