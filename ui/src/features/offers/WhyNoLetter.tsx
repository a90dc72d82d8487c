import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useAction } from "../../commands";
import { Notice } from "../../shared/Notice";
import { Problem } from "../../shared/Problem";
import { WhyCandidacyCard } from "./WhyCandidacyCard";

/** *Why no letter?*: what has to be so for a letter, and what Lever says about one candidate. */
export function WhyNoLetter({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const [who, setWho] = useState("");
  const why = useAction("letters.why");
  const refused = why.error?.field === "who" ? why.error.message : undefined;
  const close = () => {
    setWho("");
    why.reset();
    onClose();
  };
  return (
    <Modal opened={opened} onClose={close} size="lg" title="Why no letter?">
      <Stack gap="md">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            why.mutate({ who });
          }}
        >
          <Group gap="sm" align="flex-start">
            <TextInput
              flex={1}
              label="Candidate"
              description="Their whole e-mail address; or the name of somebody who has a letter."
              placeholder="name@example.com"
              autoComplete="off"
              data-autofocus
              value={who}
              error={refused}
              onChange={(event) => setWho(event.currentTarget.value)}
            />
            <Button type="submit" loading={why.isPending} mt={46}>
              Ask Lever
            </Button>
          </Group>
        </form>
        {why.error && refused === undefined && (
          why.error.code === "not_found" ? <Notice tone="info" urgent>{why.error.message}</Notice> : <Problem error={why.error} onRetry={() => why.mutate({ who })} />
        )}
        {why.data && (
          <Stack gap="lg" role="status">
            {why.data.found.map((candidacy) => (
              <WhyCandidacyCard key={candidacy.opportunity_id} candidacy={candidacy} />
            ))}
            {why.data.found.length > 1 && (
              <Text size="xs" c="dimmed">
                A candidate can be in Lever for several jobs; each is judged by itself.
              </Text>
            )}
          </Stack>
        )}
      </Stack>
    </Modal>
  );
}
