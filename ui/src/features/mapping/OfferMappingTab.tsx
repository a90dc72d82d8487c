import { Stack } from "@mantine/core";
import { useCommand } from "../../commands";
import { Lines, Loaded } from "../../shared/Loaded";
import { CompanySection } from "./CompanySection";
import { NotSupportedSection } from "./NotSupportedSection";
import { OfferEditor } from "./OfferEditor";

const mapping = "offers";

/** *Offer mapping*: the rows of a letter, filled by standard rules until somebody chooses others (SCREENS.md 4.4.14). */
export function OfferMappingTab({ page }: { page: string }) {
  const fields = useCommand("mappings.fields", { mapping });
  const saved = useCommand("mappings.show", { mapping });
  const rows = useCommand("mappings.offer_rows", {});
  return (
    <Loaded query={fields} skeleton={<Lines rows={10} />}>
      {(both) => (
        <Loaded query={saved} skeleton={<Lines rows={10} />}>
          {(view) => (
            <Loaded query={rows} skeleton={<Lines rows={10} />}>
              {({ rows: standard, not_supported }) => (
                <Stack gap="lg">
                  <OfferEditor fields={both} mapping={view} rows={standard} page={page} onReload={() => void saved.refetch()} />
                  <CompanySection />
                  <NotSupportedSection items={not_supported} />
                </Stack>
              )}
            </Loaded>
          )}
        </Loaded>
      )}
    </Loaded>
  );
}
