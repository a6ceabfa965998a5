"""asyncpg as a contender: reads orders from its standard input and ends when that does.

An order is "GATHER 1000 10 3000 1000": workload, size, connections, milliseconds of warm-up and of
measurement; the answer is units per second and NaN, since nobody counts its bytes. "CHECK GATHER
1000 10" runs the workload once, with the keys from 1, and answers a sum to compare with.
The server is the one that PGHOST, PGPORT, PGUSER, PGPASSWORD and PGDATABASE name.
"""

import asyncio
import random
import sys
import time
from typing import NamedTuple

import asyncpg

try:
    import uvloop
except ImportError:
    uvloop = None

ROWS = 100_000
LOOK_UP = "SELECT aid, bid, abalance, filler FROM howdah_bench_accounts WHERE aid = $1"
MIXED = [f"{LOOK_UP} AND abalance > -{n}" for n in range(1, 11)]
FETCH = "SELECT aid, bid, abalance, filler FROM howdah_bench_accounts"
STREAM = FETCH + " CROSS JOIN generate_series(1, $1)"
COLUMNS = ["bid", "amount", "note", "id"]
INSERT = "INSERT INTO howdah_bench_items (bid, amount, note, id) VALUES ($1, $2, $3, $4)"
UPSERT = INSERT + (
    " ON CONFLICT (id) DO UPDATE"
    " SET bid = EXCLUDED.bid, amount = EXCLUDED.amount, note = EXCLUDED.note"
)
UPDATE = "UPDATE howdah_bench_items SET bid = $1, amount = $2, note = $3 WHERE id = $4"
EMPTY = "TRUNCATE howdah_bench_items"
FILL = (
    "INSERT INTO howdah_bench_items (id, bid, amount, note)"
    " SELECT id, -1, -1, 'before' FROM generate_series(1, {}, {}) AS id"
)


class Account(NamedTuple):
    aid: int
    bid: int
    abalance: int
    filler: str

    def checksum(self):
        return self.aid + self.bid + self.abalance + len(self.filler)


def item(key):
    return (key % 97, key * 7919 % 100_003, f"note of item {key}", key)


class Contest:
    """One workload of one size on a pool: `run` does it once, `units` is how many it counts for."""

    def __init__(self, pool, workload, size):
        self.pool = pool
        self.size = size
        self.units = size
        self.before = []
        self.work = getattr(self, workload.lower())
        if workload == "CALLERS":
            self.calls = max(5, min(200, 10_000 // size))
            self.units = size * self.calls
        if workload in ("UPSERT", "INSERT", "INSERT_BATCH", "EXECUTE_MANY", "UPDATE_MANY"):
            self.items = [item(key) for key in range(1, size + 1)]
            step = {"UPSERT": 2, "UPDATE_MANY": 1}.get(workload)
            self.before = [EMPTY] + ([FILL.format(size, step)] if step else [])

    def keys(self, count):
        return [random.randint(1, ROWS) for _ in range(count)]

    async def reset(self):
        for statement in self.before:
            await self.pool.execute(statement)

    async def gather(self):
        rows = await asyncio.gather(
            *[self.pool.fetchrow(LOOK_UP, key) for key in self.keys(self.size)]
        )
        return sum(row["abalance"] for row in rows)

    async def mixed(self):
        rows = await asyncio.gather(
            *[
                self.pool.fetchrow(MIXED[index % len(MIXED)], key)
                for index, key in enumerate(self.keys(self.size))
            ]
        )
        return sum(row["abalance"] for row in rows)

    async def callers(self):
        async def caller(keys):
            total = 0
            for key in keys:
                total += (await self.pool.fetchrow(LOOK_UP, key))["abalance"]
            return total

        keys = self.keys(self.units)
        return sum(
            await asyncio.gather(
                *[caller(keys[start : start + self.calls]) for start in range(0, len(keys), self.calls)]
            )
        )

    async def single(self):
        return (await self.pool.fetchrow(LOOK_UP, self.keys(1)[0]))["abalance"]

    async def start(self):
        async with asyncpg.create_pool(min_size=1, max_size=1) as pool:
            return (await pool.fetchrow(LOOK_UP, self.keys(1)[0]))["abalance"]

    async def transaction(self):
        async def one(key):
            async with self.pool.acquire() as connection, connection.transaction():
                await connection.execute(
                    "UPDATE howdah_bench_balances SET balance = balance + $1 WHERE aid = $2", 1, key
                )
                balance = await connection.fetchval(
                    "SELECT balance FROM howdah_bench_balances WHERE aid = $1", key
                )
                await connection.execute(
                    "INSERT INTO howdah_bench_history (aid, delta) VALUES ($1, $2)", key, 1
                )
                return balance

        return sum(await asyncio.gather(*[one(key) for key in self.keys(self.size)]))

    async def fetch_rows(self):
        # Its records hold decoded values when they arrive: nothing is left to ask them for.
        return await self.pool.fetch(FETCH)

    async def fetch_records(self):
        return [Account(*row) for row in await self.pool.fetch(FETCH)]

    async def stream(self):
        total = 0
        async with self.pool.acquire() as connection, connection.transaction():
            async for row in connection.cursor(STREAM, self.size // ROWS, prefetch=1_000):
                total += Account(*row).checksum()
        return total

    async def upsert(self):
        return await self.many(UPSERT)

    async def insert_batch(self):
        return await self.many(INSERT)

    async def execute_many(self):
        return await self.many(INSERT)

    async def update_many(self):
        return await self.many(UPDATE)

    async def many(self, sql):
        await self.pool.executemany(sql, self.items)
        return len(self.items)

    async def insert(self):
        status = await self.pool.copy_records_to_table(
            "howdah_bench_items", records=self.items, columns=COLUMNS
        )
        return int(status.split()[-1])

    async def measure(self, seconds):
        """Units per second; what puts the table back is not in the time."""
        spent = 0.0
        units = 0
        while units == 0 or spent < seconds:
            await self.reset()
            start = time.perf_counter()
            await self.work()
            spent += time.perf_counter() - start
            units += self.units
        return units / spent

    async def check(self):
        self.keys = lambda count: [key % ROWS + 1 for key in range(count)]
        await self.reset()
        answer = await self.work()
        if isinstance(answer, list):
            accounts = [row if isinstance(row, Account) else Account(*row) for row in answer]
            return sum(account.checksum() for account in accounts)
        return answer


async def obey(words):
    checking = words[0] == "CHECK"
    if checking:
        words = words[1:]
    connections = int(words[2])
    async with asyncpg.create_pool(min_size=connections, max_size=connections) as pool:
        contest = Contest(pool, words[0], int(words[1]))
        if checking:
            return str(await contest.check())
        await contest.measure(int(words[3]) / 1000)
        return f"{await contest.measure(int(words[4]) / 1000)} NaN"


def main():
    if uvloop is not None:
        asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
    loop = asyncio.new_event_loop()
    for order in sys.stdin:
        print(loop.run_until_complete(obey(order.split())), flush=True)
    loop.close()


main()
