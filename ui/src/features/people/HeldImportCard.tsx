import { Button, Group, Stack, Text } from "@mantine/core";
import { useAction } from "../../commands";
import type { HeldImport } from "../../generated/api";
import { ExternalLink } from "../../shared/ExternalLink";
import { Problem } from "../../shared/Problem";
import { TextLink } from "../../shared/TextLink";
import { Time } from "../../shared/Time";
import { useAnnounce } from "../../shared/announce";
import { DeclineImport } from "./DeclineImport";
import { MissingValues } from "./MissingValues";
import { SamePerson } from "./SamePerson";
import { TryingAgain } from "./TryingAgain";

/** A hire that waits for the user: who it is, what is missing or asked, and what else can be done. */
export function HeldImportCard({ hire }: { hire: HeldImport }) {
  const { opportunity_id, name, needs, same_person } = hire;
  const announce = useAnnounce();
  const tryAgain = useAction("imports.try_again");
  const others = (
    <>
      <Button
        size="xs"
        variant="default"
        loading={tryAgain.isPending}
        aria-label={`Try again: ${name}`}
        onClick={() => tryAgain.mutate({ opportunity_id }, { onSuccess: () => announce(`${name}: trying again`) })}
      >
        Try again
      </Button>
      <DeclineImport hire={hire} />
      {needs.length > 0 && (
        <TextLink href="/integrations/lever/mapping" aria-label={`Open the mapping for ${name}`}>
          Open the mapping
        </TextLink>
      )}
    </>
  );
  return (
    <Stack gap="md" component="article" aria-label={name} data-testid="held-import">
      <Who hire={hire} />
      <TryingAgain hire={hire} />
      {same_person.length > 0 ? <SamePerson hire={hire} others={others} /> : <MissingValues hire={hire} others={others} />}
      {tryAgain.error && <Problem error={tryAgain.error} />}
    </Stack>
  );
}

function Who({ hire: { name, description, since, workflows, lever_url } }: { hire: HeldImport }) {
  return (
    <Group justify="space-between" align="flex-start" wrap="nowrap">
      <Stack gap={2} miw={0}>
        <Text fw={600}>
          <bdi>{name || "A candidate without a name"}</bdi>
        </Text>
        <Text size="sm" c="dimmed">
          {description !== "" && <><bdi>{description}</bdi> · </>}
          {workflows.length > 0 && `for ${workflows.join(", ")} · `}
          waiting since <Time at={since} />
        </Text>
      </Stack>
      {lever_url !== null && <ExternalLink href={lever_url}>Open in Lever</ExternalLink>}
    </Group>
  );
}
