import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useAction } from "../../commands";
import type { ListenerView } from "../../generated/api";
import { useAnnounce } from "../announce";
import { Problem } from "../Problem";
import { TokenInput } from "../TokenInput";

interface ReplaceTokenModalProps {
  listener: ListenerView | null;
  onClose: () => void;
}

/** *Replace token*, where the saved one did not match. */
export function ReplaceTokenModal({ listener, onClose }: ReplaceTokenModalProps) {
  return (
    <Modal opened={listener !== null} onClose={onClose} title={`Replace the token of ${listener?.event_label ?? ""}`}>
      {listener && <TokenForm listener={listener} onClose={onClose} />}
    </Modal>
  );
}

function TokenForm({ listener, onClose }: { listener: ListenerView; onClose: () => void }) {
  const [token, setToken] = useState("");
  const announce = useAnnounce();
  const replace = useAction("listeners.create");
  const submit = () =>
    replace.mutate(
      { id: listener.id, signature_token: token },
      {
        onSuccess: () => {
          announce("Token replaced");
          onClose();
        },
      },
    );
  return (
    <Stack gap="md">
      <Text size="sm">
        In Lever, open the webhook of {listener.event_label} and copy its Signature token. Each webhook has its own.
      </Text>
      <TokenInput value={token} error={replace.error?.field === "signature_token" ? replace.error.message : null} onChange={setToken} />
      {replace.error && replace.error.field !== "signature_token" && <Problem error={replace.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button disabled={token === ""} loading={replace.isPending} onClick={submit}>
          Replace token
        </Button>
      </Group>
    </Stack>
  );
}
