import { Button, Checkbox, Group, Modal, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useAction } from "../../commands";
import { CopyField } from "../../shared/Copy";
import { Notice } from "../../shared/Notice";
import { Problem } from "../../shared/Problem";

interface MakeRecoveryCodeProps {
  opened: boolean;
  /** Whether an older code stops working. */
  replaces: boolean;
  onClose: () => void;
}

/** Makes a recovery code and shows it this once. */
export function MakeRecoveryCode({ opened, replaces, onClose }: MakeRecoveryCodeProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Recovery code" closeOnClickOutside={false}>
      {opened && <Making replaces={replaces} onClose={onClose} />}
    </Modal>
  );
}

function Making({ replaces, onClose }: Omit<MakeRecoveryCodeProps, "opened">) {
  // Once it is made, the facts of the settings change below this dialog; what it replaced is still the old one.
  const [replaced] = useState(replaces);
  const [kept, setKept] = useState(false);
  const make = useAction("vault.make_recovery_code");
  if (make.data) {
    return (
      <Stack gap="md">
        <CopyField
          label="Your recovery code"
          value={make.data.code}
          description="Shown this once. Fulcrum does not keep it."
        />
        <Text size="sm">
          Put it into your password manager, or on paper, but not on this computer. Whoever has it and the folder can
          read everything.
        </Text>
        <Checkbox label="I have kept the code" checked={kept} onChange={(event) => setKept(event.currentTarget.checked)} />
        <Group justify="flex-end">
          <Button disabled={!kept} onClick={onClose}>
            Done
          </Button>
        </Group>
      </Stack>
    );
  }
  return (
    <Stack gap="md">
      <Text size="sm">
        The code opens the database when the keychain or the passphrase is lost. It is random, is shown once and is
        stored nowhere.
      </Text>
      {replaced && <Notice tone="wait">The code that you have now opens nothing any more.</Notice>}
      {make.error && <Problem error={make.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button loading={make.isPending} onClick={() => make.mutate({})} data-autofocus>
          Make the code
        </Button>
      </Group>
    </Stack>
  );
}
