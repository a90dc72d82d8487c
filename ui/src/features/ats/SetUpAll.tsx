import { Button, Stack, Text } from "@mantine/core";
import { useAction } from "../../commands";
import type { OffersEvents } from "../../generated/api";
import { useAnnounce } from "../../shared/announce";
import { Notice } from "../../shared/Notice";
import { Problem } from "../../shared/Problem";
import { TextLink } from "../../shared/TextLink";
import { ATS_LEVER } from "./steps";

/** *Set up all four for me*, and what a person still has to do in Lever then. */
export function SetUpAll({ events, to_set_up: toSetUp, set_up: state }: OffersEvents) {
  const announce = useAnnounce();
  const setUp = useAction("listeners.set_up_offers");
  const silent = events.filter(({ listener }) => listener?.set_up === "made" && listener.last_event_at === null);
  return (
    <>
      {silent.length > 0 && (
        <Notice tone="info" testId="switch-events-on">
          In Lever, a Super Admin switches on <strong>{silent.map(({ label }) => label).join(", ")}</strong> under Settings &gt;
          Integrations and API &gt; Webhooks. A webhook made by Fulcrum does nothing until then.
        </Notice>
      )}
      {state === "not_permitted" && (
        <Text size="sm" c="dimmed">
          Fulcrum can make the webhooks for you if you allow “View and manage all webhooks”.{" "}
          <TextLink href={ATS_LEVER}>Allow it under Permissions</TextLink>
        </Text>
      )}
      {toSetUp.length > 0 && (
        <Stack gap="xs" align="flex-start">
          {toSetUp.length > 1 && (
            <Button
              variant="light"
              loading={setUp.isPending}
              onClick={() => setUp.mutate({}, { onSuccess: () => announce("Lever made the webhooks") })}
            >
              {toSetUp.length === events.length ? "Set up all four for me" : `Set up the other ${toSetUp.length} for me`}
            </Button>
          )}
          <Text size="xs" c="dimmed">
            What is set up for you: Fulcrum makes the webhook in Lever and takes its Signature token. Such a webhook can
            later be changed through Lever&rsquo;s API alone, not by a person in Lever. A Super Admin still has to switch
            its event on there.
          </Text>
        </Stack>
      )}
      {setUp.error && <Problem error={setUp.error} />}
    </>
  );
}
