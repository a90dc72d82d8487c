import { Button, Group, TextInput } from "@mantine/core";
import { useState, type SyntheticEvent } from "react";
import { useAction } from "../../commands";
import type { Integration } from "../../generated/api";
import { Problem } from "../../shared/Problem";

/** Completes the sign-in by hand where the browser cannot reach this computer. */
export function PasteBackForm({ integration, redirectUri }: { integration: Integration; redirectUri: string }) {
  const [address, setAddress] = useState("");
  const paste = useAction("connections.paste_back");
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    paste.mutate({ integration, address: address.trim() });
  };
  const refused = paste.error?.field === "address" ? paste.error.message : null;
  return (
    <form onSubmit={submit}>
      <Group align="flex-end" gap="sm">
        <TextInput
          flex={1}
          miw={280}
          label="Address from the browser"
          description={`After Accept, the browser's address begins with ${redirectUri}. Paste all of it.`}
          value={address}
          error={refused}
          spellCheck={false}
          onChange={(event) => setAddress(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={address.trim() === ""} loading={paste.isPending}>
          Continue
        </Button>
      </Group>
      {paste.error && refused === null && <Problem error={paste.error} />}
    </form>
  );
}
