import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useState, type SyntheticEvent } from "react";
import { useAction } from "../../commands";
import { Notice } from "../../shared/Notice";
import { PassphraseInputs, usePassphrase } from "../../shared/PassphraseInputs";
import { Problem } from "../../shared/Problem";

/** After the recovery code opened the database: keeps its key under a new passphrase, so that it opens next time. */
export function ChoosePassphrase() {
  const [opened, setOpened] = useState(false);
  const close = () => setOpened(false);
  return (
    <Stack gap="sm" align="flex-start">
      <Notice tone="wait">
        The recovery code opened the database, and its key is kept nowhere. Choose a new passphrase, or the code is
        needed again at the next start.
      </Notice>
      <Button onClick={() => setOpened(true)}>Choose a new passphrase</Button>
      <Modal opened={opened} onClose={close} title="New passphrase">
        {opened && <Choosing onClose={close} />}
      </Modal>
    </Stack>
  );
}

function Choosing({ onClose }: { onClose: () => void }) {
  const choose = useAction("vault.choose_passphrase");
  const refused = choose.error?.field === "passphrase" ? choose.error.message : null;
  const typed = usePassphrase(true, refused);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const passphrase = typed.sent();
    if (passphrase !== null) choose.mutate({ passphrase }, { onSuccess: onClose });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Text size="sm">
          It is stored nowhere, so keep it in your password manager. The old one opens nothing any more; the recovery
          code stays as it is.
        </Text>
        <PassphraseInputs typed={typed} />
        {choose.error && refused === null && <Problem error={choose.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={choose.isPending}>
            Set passphrase
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
