import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useState, type SyntheticEvent } from "react";
import { useAction } from "../../commands";
import type { SettingsView } from "../../generated/api";
import { useAnnounce } from "../../shared/announce";
import { CopyField } from "../../shared/Copy";
import { Notice } from "../../shared/Notice";
import { Problem } from "../../shared/Problem";
import { Section } from "../../shared/Section";
import { draftOf, relayProblems, settingsInput, type RelayDraft, type RelayProblems } from "./relay";

/** Where events come from and where the browser comes back to. */
export function RelaySection({ settings }: { settings: SettingsView }) {
  const saved = draftOf(settings);
  const [draft, setDraft] = useState<RelayDraft>(saved);
  const announce = useAnnounce();
  const save = useAction("settings.save");
  const changed = draft.relayUrl !== saved.relayUrl || draft.ports !== saved.ports;
  const problems: RelayProblems = { ...relayProblems(draft), ...refusal(save.error) };

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    save.mutate(settingsInput(draft), { onSuccess: () => announce("Settings saved") });
  };
  const edit = (change: Partial<RelayDraft>) => {
    save.reset();
    setDraft({ ...draft, ...change });
  };
  return (
    <Section title="Relay and sign-in" description="Where events come from, and where the browser comes back to.">
      <form onSubmit={submit}>
        <Stack gap="md" maw={640}>
          {settings.overridden.length > 0 && (
            <Notice tone="info">
              These were given when Fulcrum started and win over what is saved here:
              {settings.overridden.map((words) => (
                <Text key={words} size="sm">
                  {words}
                </Text>
              ))}
            </Notice>
          )}
          <TextInput
            label="Relay address"
            description="Leave it empty to use the relay inside the app."
            placeholder="https://relay.example.com"
            value={draft.relayUrl}
            error={problems.relay_url}
            spellCheck={false}
            onChange={(event) => edit({ relayUrl: event.currentTarget.value })}
          />
          <TextInput
            label="Callback ports"
            description="One to five ports from 1024 to 65535, tried in order when you sign in to Lever."
            value={draft.ports}
            error={problems.callback_ports}
            onChange={(event) => edit({ ports: event.currentTarget.value })}
          />
          {settings.callback_addresses.map((address, index) => (
            <CopyField key={address} label={`Redirect address ${index + 1}`} value={address} />
          ))}
          <Text size="xs" c="dimmed">
            Lever must list these redirect addresses exactly. If you change the ports, register the new addresses too.
          </Text>
          {save.error && refusal(save.error) === null && <Problem error={save.error} />}
        </Stack>
        <Group justify="flex-end" mt="md">
          <Button type="submit" disabled={!changed || Object.keys(relayProblems(draft)).length > 0} loading={save.isPending}>
            Save
          </Button>
        </Group>
      </form>
    </Section>
  );
}

/** A refusal that names its field stands beside that field. */
function refusal(error: { field: string | null; message: string } | null): RelayProblems | null {
  if (error?.field !== "relay_url" && error?.field !== "callback_ports") return null;
  return { [error.field]: error.message };
}
