import { Drawer } from "@mantine/core";
import { useCommand } from "../../commands";
import { Loaded } from "../../shared/Loaded";
import { PersonDetails } from "./PersonDetails";

/** One person beside the list. */
export function PersonDrawer({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  const person = useCommand("people.show", { id: id ?? "" }, { enabled: id !== undefined });
  return (
    <Drawer
      opened={id !== undefined}
      onClose={onClose}
      size={560}
      title={<span dir="auto">{person.data?.name ?? "Person"}</span>}
      data-testid="person-drawer"
    >
      <Loaded query={person}>{(view) => <PersonDetails person={view} />}</Loaded>
    </Drawer>
  );
}
