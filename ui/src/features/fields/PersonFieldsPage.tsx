import { Button, Stack } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useCommand } from "../../commands";
import type { PersonField } from "../../generated/api";
import { Loaded } from "../../shared/Loaded";
import { Page } from "../../shared/Page";
import { FieldDrawer } from "./FieldDrawer";
import { FieldTable } from "./FieldTable";
import { RemoveField } from "./RemoveField";
import { RemovedFields } from "./RemovedFields";

/** Which fields people have: those that come with Fulcrum, and those of the user's own. */
export default function PersonFieldsPage() {
  const fields = useCommand("person_fields.list", {});
  const [editing, setEditing] = useState<PersonField | "new" | null>(null);
  const [removing, setRemoving] = useState<PersonField | null>(null);
  return (
    <Page
      title="Person fields"
      description="What is known of each person. The inbound field mapping fills these fields from Lever."
      crumbs={[{ label: "Settings", href: "/settings" }, { label: "Person fields" }]}
      action={
        <Button leftSection={<IconPlus size={16} aria-hidden />} style={{ flex: "none" }} onClick={() => setEditing("new")}>
          Add field
        </Button>
      }
    >
      <Loaded query={fields}>
        {(view) => (
          <Stack gap="lg">
            <FieldTable fields={view.fields} onEdit={setEditing} onRemove={setRemoving} />
            {view.removed.length > 0 && <RemovedFields fields={view.removed} />}
            <FieldDrawer
              key={editing === null || editing === "new" ? String(editing) : editing.field.id}
              editing={editing}
              groups={[...new Set(view.fields.map(({ field }) => field.group))]}
              onClose={() => setEditing(null)}
            />
            <RemoveField field={removing} onClose={() => setRemoving(null)} />
          </Stack>
        )}
      </Loaded>
    </Page>
  );
}
