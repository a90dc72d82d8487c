import { Skeleton, Table } from "@mantine/core";
import { useCallback, useState } from "react";
import { useLocation } from "wouter";
import { useHost } from "../../commands";
import type { LetterLine } from "../../generated/api";
import { LongTable } from "../../shared/LongTable";
import { columns } from "./columns";
import { OfferLine } from "./OfferLine";
import { OffersHead } from "./OffersHead";
import { keepList, listBefore, type Wanted } from "./wanted";

interface OffersTableProps {
  /** The letters; none where they are not read yet. */
  rows: (LetterLine | undefined)[];
  wanted: Wanted;
  onWant: (wanted: Wanted) => void;
  onView: (view: { first: number; end: number }) => void;
}

/** The letters, as far as the filter leaves them. Whoever comes back from one finds it where it was. */
export function OffersTable({ rows, wanted, onWant, onView }: OffersTableProps) {
  const host = useHost();
  const [, navigate] = useLocation();
  const [back, setBack] = useState(listBefore(host).opened);
  const [startAt] = useState(Math.max(0, (back?.index ?? 0) - 3));
  const returned = useCallback(() => setBack(null), []);
  const open = (id: string, index: number) => {
    keepList(host, { wanted, opened: { id, index } });
    navigate(`/offers/${encodeURIComponent(id)}`);
  };
  return (
    <LongTable
      label="Offers"
      head={<OffersHead order={wanted.order} turned={wanted.turned} onSort={(order, turned) => onWant({ ...wanted, order, turned })} />}
      items={rows}
      fixed
      startAt={startAt}
      about={JSON.stringify(wanted)}
      onView={onView}
      testId="offers-table"
      row={(letter, rowIndex) =>
        letter === undefined ? (
          <NotYet key={`row-${rowIndex}`} rowIndex={rowIndex} />
        ) : (
          <OfferLine
            key={letter.id}
            letter={letter}
            rowIndex={rowIndex}
            onOpen={() => open(letter.id, rowIndex - 2)}
            onReturned={back?.id === letter.id ? returned : undefined}
          />
        )
      }
    />
  );
}

/** A row that is still read. */
function NotYet({ rowIndex }: { rowIndex: number }) {
  return (
    <Table.Tr aria-rowindex={rowIndex} h={56}>
      <Table.Td colSpan={columns.length}>
        <span className="visually-hidden">Loading…</span>
        <Skeleton height={14} width={`${80 - ((rowIndex * 13) % 40)}%`} />
      </Table.Td>
    </Table.Tr>
  );
}
