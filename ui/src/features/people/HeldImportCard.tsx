import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useAction } from "../../commands";
import type { HeldImport } from "../../generated/api";
import { ExternalLink } from "../../shared/ExternalLink";
import { Problem } from "../../shared/Problem";
import { TextLink } from "../../shared/TextLink";
import { Time } from "../../shared/Time";
import { useAnnounce } from "../../shared/announce";
import { DeclineImport } from "./DeclineImport";
import { MissingField } from "./MissingField";
import { TryingAgain } from "./TryingAgain";

/** A hire that lacks something: who it is, what is missing with a place to type it, and what else can be done. */
export function HeldImportCard({ hire }: { hire: HeldImport }) {
  const { opportunity_id, name, needs } = hire;
  const announce = useAnnounce();
  const fillIn = useAction("imports.fill_in");
  const tryAgain = useAction("imports.try_again");
  const [typed, setTyped] = useState<Record<string, string>>({});
  const filled = Object.fromEntries(Object.entries(typed).filter(([, value]) => value.trim() !== ""));
  const ready = Object.keys(filled).length > 0;
  const busy = fillIn.isPending || tryAgain.isPending;
  const refused = (target: string) => (fillIn.error?.field === target ? fillIn.error.message : undefined);
  const error = needs.some(({ target }) => refused(target)) ? tryAgain.error : (fillIn.error ?? tryAgain.error);
  return (
    <form
      aria-label={name}
      data-testid="held-import"
      onSubmit={(event) => {
        event.preventDefault();
        if (!ready) return;
        fillIn.mutate({ opportunity_id, values: filled }, { onSuccess: () => announce(`${name}: filled in, trying again`) });
      }}
    >
      <Stack gap="md">
        <Who hire={hire} />
        <Stack gap="md">
          {needs.map((need) => (
            <MissingField
              key={need.target}
              need={need}
              typed={typed[need.target] ?? need.entered ?? ""}
              error={refused(need.target)}
              onType={(value) => setTyped({ ...typed, [need.target]: value })}
            />
          ))}
        </Stack>
        <TryingAgain hire={hire} />
        {error && <Problem error={error} />}
        <Group gap="sm">
          <Button type="submit" size="xs" disabled={!ready} loading={fillIn.isPending}>
            Fill in and import
          </Button>
          <Button
            size="xs"
            variant="default"
            disabled={busy}
            aria-label={`Try again: ${name}`}
            onClick={() => tryAgain.mutate({ opportunity_id }, { onSuccess: () => announce(`${name}: trying again`) })}
          >
            Try again
          </Button>
          <DeclineImport hire={hire} />
          <TextLink href="/integrations/lever/mapping" aria-label={`Open the mapping for ${name}`}>
            Open the mapping
          </TextLink>
        </Group>
      </Stack>
    </form>
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
