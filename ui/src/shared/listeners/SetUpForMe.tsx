import { Button, Stack, Text } from "@mantine/core";
import { useAction } from "../../commands";
import type { ListenerView, SetUpState } from "../../generated/api";
import { useAnnounce } from "../announce";
import { connectionHref } from "../connection-words";
import { Notice } from "../Notice";
import { Problem } from "../Problem";
import { TextLink } from "../TextLink";

/** *Set up for me*: Fulcrum makes the webhook in Lever, where the connection may. */
export function SetUpForMe({ listener, blocked }: { listener: ListenerView; blocked: boolean }) {
  const announce = useAnnounce();
  const setUp = useAction("listeners.set_up");
  const { set_up: state } = listener;
  const page = connectionHref[listener.integration];
  if (state === "made") return <MadeHere listener={listener} />;
  if (state === "not_connected") {
    return (
      <Text size="sm" c="dimmed">
        Once Lever is connected, Fulcrum can make the webhook for you. <TextLink href={page}>Connect Lever</TextLink>
      </Text>
    );
  }
  if (state === "not_permitted") {
    return (
      <Text size="sm" c="dimmed">
        Fulcrum can make the webhook for you if you allow “View and manage all webhooks”.{" "}
        <TextLink href={page}>Allow it under Permissions</TextLink>
      </Text>
    );
  }
  const done = (view: ListenerView) =>
    announce(view.token_hint === null ? "Lever made the webhook without telling its token" : "Lever made the webhook");
  return (
    <Stack gap="xs">
      {words[state] && <Notice tone="wait">{words[state]}</Notice>}
      <Button
        variant="light"
        loading={setUp.isPending}
        disabled={blocked || listener.endpoint_url === null}
        onClick={() => setUp.mutate({ id: listener.id }, { onSuccess: done })}
      >
        Set up for me
      </Button>
      <Text size="xs" c="dimmed">
        Fulcrum makes the webhook in Lever and takes its Signature token. Such a webhook can later be changed through
        Lever&rsquo;s API alone, not by a person in Lever.
      </Text>
      {setUp.error && <Problem error={setUp.error} />}
    </Stack>
  );
}

const words: Partial<Record<SetUpState, string>> = {
  interrupted: "The last try was cut short. Trying again looks in Lever first and clears away what was left.",
  gone: "The webhook that Fulcrum made is no longer in Lever: it went when the connection ended. Set it up again.",
};

function MadeHere({ listener }: { listener: ListenerView }) {
  return (
    <Stack gap="xs">
      <Notice tone="info" testId="switch-event-on">
        In Lever, switch <strong>{listener.event_label}</strong> on under Settings &gt; Integrations and API &gt;
        Webhooks. A webhook made by Fulcrum does nothing until then.
      </Notice>
      {listener.token_hint === null && (
        <Notice tone="wait">
          Lever made the webhook but did not tell its Signature token, so its events are held. Paste the token if Lever
          shows it, or remove this listener and set it up by hand.
        </Notice>
      )}
    </Stack>
  );
}
