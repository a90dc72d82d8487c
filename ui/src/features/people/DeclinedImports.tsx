import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useAction } from "../../commands";
import type { DeclinedImport } from "../../generated/api";
import { Problem } from "../../shared/Problem";
import { Time } from "../../shared/Time";
import { useAnnounce } from "../../shared/announce";

/** The hires that the user decided against, each with the way back. */
export function DeclinedImports({ hires }: { hires: DeclinedImport[] }) {
  return (
    <Stack gap="xs" component="section" aria-label="Not imported, as you decided" data-testid="declined-imports">
      <Title order={3}>Not imported, as you decided</Title>
      {hires.map((hire) => (
        <Declined key={hire.opportunity_id} hire={hire} />
      ))}
    </Stack>
  );
}

function Declined({ hire: { opportunity_id, name, description, declined_at } }: { hire: DeclinedImport }) {
  const announce = useAnnounce();
  const takeBack = useAction("imports.take_back");
  return (
    <Stack gap="xs">
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">
          <bdi>{name}</bdi>{" "}
          <Text span c="dimmed">
            {description !== "" && <><bdi>{description}</bdi> · </>}
            <Time at={declined_at} ageOnly />
          </Text>
        </Text>
        <Button
          size="xs"
          variant="default"
          loading={takeBack.isPending}
          aria-label={`Take back: ${name}`}
          onClick={() => takeBack.mutate({ opportunity_id }, { onSuccess: () => announce(`${name}: trying again`) })}
        >
          Take back
        </Button>
      </Group>
      {takeBack.error && <Problem error={takeBack.error} />}
    </Stack>
  );
}
