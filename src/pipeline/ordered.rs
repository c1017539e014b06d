//! Responsible for a map that is parallel, keeps the order, and holds a bounded amount of work in
//! memory. It knows nothing of articles.
//!
//! The calling thread produces items and takes a permit for each (a count and a cost in bytes);
//! workers map them; a writer thread puts results back in order and returns the permits once the
//! results are consumed. A worker takes several waiting items at once and hands their results on
//! together, and a producer that had to wait goes on when half the permits are back, so that threads
//! wake each other once for many items. Nothing waits for a number to be full: what is there is taken.
//!
//! It cannot deadlock: workers never block on results, since the result channel is bounded by the
//! permits alone; permits are taken in order, so the next result to consume is always waiting to be
//! taken, running or done; an empty gate lets one item in, whatever it costs.

use std::collections::{BTreeMap, VecDeque};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use rayon::ThreadPool;

/// The most items that a worker takes at once …
const MOST_AT_ONCE: usize = 16;
/// … and the share of the allowed cost that it takes at most, so that others have work too.
const COST_SHARE: u64 = 16;

/// How much may be under way at once.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Items.
    pub items: usize,
    /// The sum of the items' costs.
    pub cost: u64,
}

/// What hands an item to the map; `Break` means that no more are wanted.
pub type Push<'a, T> = dyn FnMut(T, u64) -> ControlFlow<()> + 'a;

/// Maps items in parallel and consumes the results in the order in which items were pushed.
///
/// `produce` runs on the calling thread and pushes items with their cost; `work` runs on the pool;
/// `consume` runs on one thread of its own. When `consume` fails, no more items are taken, those
/// under way are finished and dropped, and its error is returned.
///
/// # Errors
/// The first error of `consume`.
///
/// # Panics
/// When `produce`, `work` or `consume` panics, once everything under way has ended.
pub fn ordered_map<T, R, E, P>(
    pool: &ThreadPool,
    limits: Limits,
    produce: impl FnOnce(&mut Push<'_, T>) -> P,
    work: impl Fn(T) -> R + Sync,
    consume: impl FnMut(R) -> Result<(), E> + Send,
) -> Result<P, E>
where
    T: Send,
    R: Send,
    E: Send,
{
    let gate = Gate::new(limits, pool.current_num_threads());
    let (gate, work) = (&gate, &work);
    let (sender, receiver) = channel();
    thread::scope(move |threads| {
        let writer = threads.spawn(move || write_in_order(&receiver, gate, consume));
        let produced = pool.in_place_scope(|scope| {
            for _ in 0..pool.current_num_threads() {
                let sender = sender.clone();
                scope.spawn(move |_| map_waiting(gate, work, &sender));
            }
            drop(sender);
            let _end = EndOnDrop(gate);
            produce(&mut |item, cost| gate.push(item, cost))
        });
        match writer.join() {
            Ok(result) => result.map(|()| produced),
            Err(panic) => resume_unwind(panic),
        }
    })
}

/// An item on its way to a worker.
struct Item<T> {
    seq: u64,
    cost: u64,
    value: T,
}

/// The result of one item on its way to the writer.
struct Mapped<R> {
    seq: u64,
    cost: u64,
    result: thread::Result<R>,
}

/// The work of one thread: takes what waits, until nothing more will come.
fn map_waiting<T, R>(gate: &Gate<T>, work: impl Fn(T) -> R, results: &Sender<Vec<Mapped<R>>>) {
    loop {
        let taken = gate.take();
        if taken.is_empty() {
            return;
        }
        let mapped = taken.into_iter().map(|item| Mapped {
            seq: item.seq,
            cost: item.cost,
            result: catch_unwind(AssertUnwindSafe(|| work(item.value))),
        });
        // The writer outlives all senders; it is gone only when it panicked itself.
        let _ = results.send(mapped.collect());
    }
}

fn write_in_order<T, R, E>(
    receiver: &Receiver<Vec<Mapped<R>>>,
    gate: &Gate<T>,
    mut consume: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let _close = CloseOnDrop(gate);
    let mut waiting = BTreeMap::new();
    let mut next = 0;
    let mut error = None;
    for several in receiver {
        waiting.extend(several.into_iter().map(|mapped| (mapped.seq, mapped)));
        let (mut items, mut costs) = (0, 0);
        while let Some(Mapped { cost, result, .. }) = waiting.remove(&next) {
            next += 1;
            match (result, &error) {
                (Ok(value), None) => {
                    error = consume(value).err();
                    if error.is_some() {
                        gate.close();
                    }
                }
                (Ok(_), Some(_)) => {}
                (Err(panic), _) => resume_unwind(panic),
            }
            items += 1;
            costs += cost;
        }
        gate.give(items, costs);
    }
    error.map_or(Ok(()), Err)
}

/// Holds what waits for a worker, counts what is under way, and makes the producer wait.
struct Gate<T> {
    limits: Limits,
    workers: usize,
    state: Mutex<UnderWay<T>>,
    /// The producer waits here for permits.
    freed: Condvar,
    /// Workers wait here for items.
    filled: Condvar,
}

struct UnderWay<T> {
    waiting: VecDeque<Item<T>>,
    /// The number of the next item.
    next: u64,
    items: usize,
    cost: u64,
    /// How many workers wait for items.
    idle: usize,
    /// Whether the producer waits for permits.
    is_blocked: bool,
    /// No more items are wanted.
    is_closed: bool,
    /// No more items will come.
    has_ended: bool,
}

impl<T> Gate<T> {
    fn new(limits: Limits, workers: usize) -> Self {
        Self {
            limits,
            workers: workers.max(1),
            state: Mutex::new(UnderWay {
                waiting: VecDeque::new(),
                next: 0,
                items: 0,
                cost: 0,
                idle: 0,
                is_blocked: false,
                is_closed: false,
                has_ended: false,
            }),
            freed: Condvar::new(),
            filled: Condvar::new(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, UnderWay<T>> {
        // No code that can panic runs while the lock is held.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Hands an item to the workers once there is room; breaks when the gate is closed.
    fn push(&self, value: T, cost: u64) -> ControlFlow<()> {
        let mut state = self.lock();
        while !state.is_closed
            && state.items > 0
            && (state.items >= self.limits.items || state.cost + cost > self.limits.cost)
        {
            state.is_blocked = true;
            let waiting = |s: &mut UnderWay<T>| s.is_blocked && !s.is_closed;
            let woken = self.freed.wait_while(state, waiting);
            state = woken.unwrap_or_else(PoisonError::into_inner);
        }
        if state.is_closed {
            return ControlFlow::Break(());
        }
        state.items += 1;
        state.cost += cost;
        let seq = state.next;
        state.next += 1;
        state.waiting.push_back(Item { seq, cost, value });
        let is_awaited = state.idle > 0;
        drop(state);
        if is_awaited {
            self.filled.notify_one();
        }
        ControlFlow::Continue(())
    }

    /// The next items for a worker, in order; none when no more will come.
    fn take(&self) -> Vec<Item<T>> {
        let mut state = self.lock();
        while state.waiting.is_empty() && !state.has_ended {
            state.idle += 1;
            let woken = self.filled.wait(state);
            state = woken.unwrap_or_else(PoisonError::into_inner);
            state.idle -= 1;
        }
        let share = state.waiting.len().div_ceil(self.workers);
        let mut taken = Vec::with_capacity(share.min(MOST_AT_ONCE));
        let mut cost = 0;
        while taken.len() < share.min(MOST_AT_ONCE) {
            let next = state.waiting.front().map_or(0, |item| item.cost);
            if !taken.is_empty() && cost + next > self.limits.cost / COST_SHARE {
                break;
            }
            cost += next;
            taken.extend(state.waiting.pop_front());
        }
        taken
    }

    /// Returns the permits of consumed items.
    fn give(&self, items: usize, cost: u64) {
        let mut state = self.lock();
        state.items -= items;
        state.cost -= cost;
        let is_half = state.items <= self.limits.items / 2 && state.cost <= self.limits.cost / 2;
        let wakes = state.is_blocked && is_half;
        if wakes {
            state.is_blocked = false;
        }
        drop(state);
        if wakes {
            self.freed.notify_one();
        }
    }

    fn close(&self) {
        self.lock().is_closed = true;
        self.freed.notify_one();
    }

    fn end(&self) {
        self.lock().has_ended = true;
        self.filled.notify_all();
    }
}

/// Lets the producer go when the writer ends, also by a panic.
struct CloseOnDrop<'g, T>(&'g Gate<T>);

impl<T> Drop for CloseOnDrop<'_, T> {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// Lets the workers go when the producer ends, also by a panic.
struct EndOnDrop<'g, T>(&'g Gate<T>);

impl<T> Drop for EndOnDrop<'_, T> {
    fn drop(&mut self) {
        self.0.end();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::SeqCst};
    use std::time::Duration;

    use proptest::prelude::*;

    use super::*;

    fn pool(jobs: usize) -> ThreadPool {
        rayon::ThreadPoolBuilder::new()
            .num_threads(jobs)
            .build()
            .unwrap()
    }

    /// What came out in order, and the most items and cost seen under way.
    fn run(jobs: usize, limits: Limits, costs: &[u64], fail_at: usize) -> (Vec<usize>, usize, u64) {
        let (items, cost) = (AtomicUsize::new(0), AtomicU64::new(0));
        let (most, dearest) = (AtomicUsize::new(0), AtomicU64::new(0));
        let mut out = Vec::new();
        let result: Result<(), ()> = ordered_map(
            &pool(jobs),
            limits,
            |push| {
                for (n, c) in costs.iter().copied().enumerate() {
                    if push((n, c), c).is_break() {
                        break;
                    }
                }
            },
            |(n, c)| {
                most.fetch_max(items.fetch_add(1, SeqCst) + 1, SeqCst);
                dearest.fetch_max(cost.fetch_add(c, SeqCst) + c, SeqCst);
                thread::sleep(Duration::from_micros(c % 7 * 20));
                (n, c)
            },
            |(n, c)| {
                items.fetch_sub(1, SeqCst);
                cost.fetch_sub(c, SeqCst);
                out.push(n);
                if n == fail_at { Err(()) } else { Ok(()) }
            },
        );
        assert_eq!(result.is_err(), fail_at < costs.len());
        (out, most.into_inner(), dearest.into_inner())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn keeps_order_and_bounds(
            costs in prop::collection::vec(0u64..50, 0..80),
            jobs in 1usize..6,
            items in 1usize..9,
            cost in 1u64..90,
        ) {
            let (out, most, dearest) = run(jobs, Limits { items, cost }, &costs, usize::MAX);
            prop_assert_eq!(out, (0..costs.len()).collect::<Vec<_>>());
            prop_assert!(most <= items);
            let single = costs.iter().copied().max().unwrap_or(0);
            prop_assert!(dearest <= cost.max(single), "{} of {}", dearest, cost);
        }

        #[test]
        fn stops_at_the_first_error(
            costs in prop::collection::vec(0u64..50, 1..80),
            jobs in 1usize..6,
            at in any::<prop::sample::Index>(),
        ) {
            let at = at.index(costs.len());
            let (out, ..) = run(jobs, Limits { items: 5, cost: 60 }, &costs, at);
            prop_assert_eq!(out, (0..=at).collect::<Vec<_>>());
        }
    }

    #[test]
    fn panics_reach_the_caller_and_nothing_hangs() {
        for place in 0..3 {
            let caught = catch_unwind(|| {
                ordered_map(
                    &pool(2),
                    Limits { items: 2, cost: 10 },
                    |push| {
                        for n in 0..100 {
                            assert!(place != 0 || n < 50, "produce");
                            let _ = push(n, 1);
                        }
                    },
                    |n| assert!(place != 1 || n != 50, "work"),
                    |()| {
                        assert!(place != 2, "consume");
                        Ok::<(), ()>(())
                    },
                )
            });
            assert!(caught.is_err(), "{place}");
        }
    }
}
