import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useAction } from "../../commands";
import type { RemovedField } from "../../generated/api";
import { Confirm } from "../../shared/Confirm";
import { Problem } from "../../shared/Problem";
import { Section } from "../../shared/Section";
import { Time } from "../../shared/Time";
import { useAnnounce } from "../../shared/announce";
import { count } from "../../shared/words";

/** The fields that were removed and whose values are still there. */
export function RemovedFields({ fields }: { fields: RemovedField[] }) {
  return (
    <Section title="Removed fields" description="People keep what they have of these until you erase it." testId="removed-fields">
      <Stack gap="md">
        {fields.map((field) => (
          <Removed key={field.id} field={field} />
        ))}
      </Stack>
    </Section>
  );
}

function Removed({ field: { id, label, people, mapped, removed_at } }: { field: RemovedField }) {
  const [asking, setAsking] = useState(false);
  const announce = useAnnounce();
  const putBack = useAction("person_fields.put_back");
  const erase = useAction("person_fields.erase");
  const error = putBack.error ?? erase.error;
  return (
    <Stack gap="xs">
      <Group justify="space-between" wrap="nowrap">
        <Stack gap={0} miw={0}>
          <Text size="sm" fw={600}>
            <bdi>{label}</bdi>
          </Text>
          <Text size="xs" c="dimmed">
            Removed <Time at={removed_at} ageOnly /> · {count(people, "person has", "people have")} a value
            {mapped && " · the mapping still has a rule for it"}
          </Text>
        </Stack>
        <Group gap="sm" wrap="nowrap">
          <Button
            size="xs"
            variant="default"
            loading={putBack.isPending}
            aria-label={`Put back ${label}`}
            onClick={() => putBack.mutate({ id }, { onSuccess: () => announce(`${label} is back`) })}
          >
            Put back
          </Button>
          <Button size="xs" variant="default" aria-label={`Erase the values of ${label}`} onClick={() => setAsking(true)}>
            Erase
          </Button>
        </Group>
      </Group>
      {error && <Problem error={error} />}
      <Confirm
        opened={asking}
        title={`Erase the values of “${label}”?`}
        verb="Erase"
        busy={erase.isPending}
        onClose={() => setAsking(false)}
        onConfirm={() => erase.mutate({ id }, { onSuccess: () => announce(`${label} erased`), onSettled: () => setAsking(false) })}
      >
        {count(people, "person loses", "people lose")} the value. This cannot be taken back.
      </Confirm>
    </Stack>
  );
}
