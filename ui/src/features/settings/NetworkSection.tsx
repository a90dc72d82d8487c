import { Button, FileInput, Group, NumberInput, Radio, Stack, Text, TextInput } from "@mantine/core";
import { useState, type SyntheticEvent } from "react";
import { useAction } from "../../commands";
import type { NetworkView } from "../../generated/api";
import { useAnnounce } from "../../shared/announce";
import { Problem } from "../../shared/Problem";
import { Section } from "../../shared/Section";
import { TextLink } from "../../shared/TextLink";
import { count } from "../../shared/words";
import { networkInput, networkDraft, type NetworkDraft } from "./network";

/** The proxy, a company's certificate authorities, and the user's own tunnel. */
export function NetworkSection({ network }: { network: NetworkView }) {
  const saved = networkDraft(network);
  const [draft, setDraft] = useState<NetworkDraft>(saved);
  const announce = useAnnounce();
  const save = useAction("network.save");
  const edit = (change: Partial<NetworkDraft>) => {
    save.reset();
    setDraft({ ...draft, ...change });
  };
  const refused = (field: string) => (save.error?.field === field ? save.error.message : undefined);
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    save.mutate(await networkInput(draft), {
      onSuccess: (view) => {
        setDraft(networkDraft(view));
        announce("Network settings saved");
      },
    });
  };
  return (
    <Section
      title="Network"
      description="How this computer reaches the internet and is reached from it."
      action={<TextLink href="/connection-doctor">Connection doctor</TextLink>}
      testId="network"
    >
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="md" maw={640}>
          <Radio.Group
            label="Proxy"
            value={draft.proxy}
            onChange={(proxy) => edit({ proxy })}
          >
            <Stack gap={6} mt={6}>
              <Radio value="system" label="As the system says" />
              <Radio value="none" label="None" />
              <Radio value="address" label="This one" />
            </Stack>
          </Radio.Group>
          {draft.proxy === "address" && (
            <TextInput
              label="Proxy address"
              description={
                network.proxy_login
                  ? "The user name and password are kept while the address stays the same."
                  : "With a user name and password if it asks for them: http://user:password@proxy.example.com:3128"
              }
              placeholder="http://proxy.example.com:3128"
              value={draft.proxyAddress}
              error={refused("proxy_address")}
              spellCheck={false}
              onChange={(event) => edit({ proxyAddress: event.currentTarget.value })}
            />
          )}
          <Stack gap={4}>
            <FileInput
              label="Extra certificate authorities"
              description="For companies that inspect encrypted traffic: a PEM file from your network team."
              placeholder={authoritiesWords(network, draft.removeAuthorities)}
              accept=".pem,.crt,.cer"
              clearable
              value={draft.file}
              error={refused("authorities")}
              onChange={(file) => edit({ file, removeAuthorities: false })}
            />
            {network.authorities_file !== null && draft.file === null && (
              <Group>
                <Button variant="subtle" size="compact-sm" onClick={() => edit({ removeAuthorities: !draft.removeAuthorities })}>
                  {draft.removeAuthorities ? "Keep them" : "Trust them no more"}
                </Button>
              </Group>
            )}
          </Stack>
          {network.embedded && <OwnTunnel draft={draft} edit={edit} refused={refused} />}
          {save.error?.field === null && <Problem error={save.error} />}
        </Stack>
        <Group justify="flex-end" mt="md">
          <Button type="submit" disabled={JSON.stringify(draft) === JSON.stringify(saved) && draft.file === null} loading={save.isPending}>
            Save
          </Button>
        </Group>
      </form>
    </Section>
  );
}

interface OwnTunnelProps {
  draft: NetworkDraft;
  edit: (change: Partial<NetworkDraft>) => void;
  refused: (field: string) => string | undefined;
}

/** Where the relay inside the app is found; a tunnel that the user runs leads there. */
function OwnTunnel({ draft, edit, refused }: OwnTunnelProps) {
  return (
    <>
      <TextInput
        label="Public address of your own tunnel"
        description="If you run a tunnel yourself: the address under which the internet reaches the port below. A probe tells whether it works."
        placeholder="https://hooks.example.com"
        value={draft.publicUrl}
        error={refused("public_url")}
        spellCheck={false}
        onChange={(event) => edit({ publicUrl: event.currentTarget.value })}
      />
      <NumberInput
        label="Local port of the relay inside the app"
        description="Your tunnel leads to this port on 127.0.0.1."
        min={1024}
        max={65_535}
        allowDecimal={false}
        hideControls
        value={draft.port}
        error={refused("port")}
        onChange={(port) => edit({ port: typeof port === "number" ? port : "" })}
      />
      <Text size="xs" c="dimmed">
        If the public address changes, the webhooks in Lever need the new one; Home then lists them.
      </Text>
    </>
  );
}

function authoritiesWords({ authorities_file, authorities }: NetworkView, removed: boolean): string {
  if (authorities_file === null || removed) return "None beside the system's";
  return `${authorities_file} (${count(authorities, "certificate")})`;
}
