import { useAction } from "../../commands";
import type { PersonField } from "../../generated/api";
import { Confirm } from "../../shared/Confirm";
import { Problem } from "../../shared/Problem";
import { useAnnounce } from "../../shared/announce";
import { count } from "../../shared/words";

/** Asks before a field of the user's own is removed. */
export function RemoveField({ field, onClose }: { field: PersonField | null; onClose: () => void }) {
  const announce = useAnnounce();
  const remove = useAction("person_fields.remove");
  const close = () => {
    remove.reset();
    onClose();
  };
  if (field === null) return null;
  const { id, label } = field.field;
  const removed = () => {
    announce(`${label} removed`);
    close();
  };
  return (
    <Confirm
      opened
      title={`Remove the field “${label}”?`}
      verb="Remove field"
      busy={remove.isPending}
      onClose={close}
      onConfirm={() => remove.mutate({ id }, { onSuccess: removed })}
    >
      {field.people > 0
        ? `${count(field.people, "person keeps", "people keep")} the value until you erase it here.`
        : "Nobody has a value."}{" "}
      {field.mapped && "The mapping keeps its rule, marked, which fills nothing any more. "}
      You can put the field back.
      {remove.error && <Problem error={remove.error} />}
    </Confirm>
  );
}
