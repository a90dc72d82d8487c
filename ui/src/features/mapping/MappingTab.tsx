import { Skeleton, Stack } from "@mantine/core";
import { useCommand } from "../../commands";
import { Loaded, Lines } from "../../shared/Loaded";
import { MappingEditor } from "./MappingEditor";

/** *Inbound field mapping*: which Lever field sets which person field. */
export function MappingTab({ page }: { page: string }) {
  const fields = useCommand("mappings.fields", {});
  const mapping = useCommand("mappings.show", {});
  return (
    <Loaded query={fields} skeleton={<MappingSkeleton />}>
      {(both) => (
        <Loaded query={mapping} skeleton={<MappingSkeleton />}>
          {(saved) => <MappingEditor fields={both} mapping={saved} page={page} onReload={() => void mapping.refetch()} />}
        </Loaded>
      )}
    </Loaded>
  );
}

function MappingSkeleton() {
  return (
    <Stack gap="lg" aria-hidden>
      <Skeleton height={96} />
      <Lines rows={10} />
    </Stack>
  );
}
