//! Responsible for a map that is parallel, keeps the order, and holds a bounded amount of work in
//! memory. It knows nothing of articles.
//!
//! The calling thread produces items and takes a permit for each (a count and a cost in bytes); a
//! worker maps the item; a writer thread puts results back in order and returns the permit once the
//! result is consumed. It cannot deadlock: workers never block, since the result channel is bounded
//! by the permits alone; permits are taken in order, so the next result to consume is always
//! running or done; an empty gate lets one item in, whatever it costs.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use rayon::ThreadPool;

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
    let gate = Gate::new(limits);
    let (gate, work) = (&gate, &work);
    let (sender, receiver) = channel();
    thread::scope(move |threads| {
        let writer = threads.spawn(move || write_in_order(&receiver, gate, consume));
        let produced = pool.in_place_scope_fifo(|scope| {
            let mut seq = 0;
            let mut push = |item: T, cost: u64| {
                if gate.take(cost).is_break() {
                    return ControlFlow::Break(());
                }
                let (sender, this) = (sender.clone(), seq);
                scope.spawn_fifo(move |_| {
                    let result = catch_unwind(AssertUnwindSafe(|| work(item)));
                    // The writer outlives all senders; it is gone only when it panicked itself.
                    let _ = sender.send(Mapped {
                        seq: this,
                        cost,
                        result,
                    });
                });
                seq += 1;
                ControlFlow::Continue(())
            };
            produce(&mut push)
        });
        drop(sender);
        match writer.join() {
            Ok(result) => result.map(|()| produced),
            Err(panic) => resume_unwind(panic),
        }
    })
}

/// The result of one item on its way to the writer.
struct Mapped<R> {
    seq: u64,
    cost: u64,
    result: thread::Result<R>,
}

fn write_in_order<R, E>(
    receiver: &Receiver<Mapped<R>>,
    gate: &Gate,
    mut consume: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let _close = CloseOnDrop(gate);
    let mut waiting = BTreeMap::new();
    let mut next = 0;
    let mut error = None;
    for mapped in receiver {
        waiting.insert(mapped.seq, mapped);
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
            gate.give(cost);
        }
    }
    error.map_or(Ok(()), Err)
}

/// Counts what is under way and makes the producer wait.
struct Gate {
    limits: Limits,
    state: Mutex<UnderWay>,
    freed: Condvar,
}

#[derive(Default)]
struct UnderWay {
    items: usize,
    cost: u64,
    closed: bool,
}

impl Gate {
    fn new(limits: Limits) -> Self {
        Self {
            limits,
            state: Mutex::default(),
            freed: Condvar::new(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, UnderWay> {
        // No code that can panic runs while the lock is held.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until there is room, or breaks when the gate is closed.
    fn take(&self, cost: u64) -> ControlFlow<()> {
        let full = |s: &mut UnderWay| {
            let over = s.items >= self.limits.items || s.cost + cost > self.limits.cost;
            !s.closed && s.items > 0 && over
        };
        let state = self.freed.wait_while(self.lock(), full);
        let mut state = state.unwrap_or_else(PoisonError::into_inner);
        if state.closed {
            return ControlFlow::Break(());
        }
        state.items += 1;
        state.cost += cost;
        ControlFlow::Continue(())
    }

    fn give(&self, cost: u64) {
        let mut state = self.lock();
        state.items -= 1;
        state.cost -= cost;
        drop(state);
        self.freed.notify_one();
    }

    fn close(&self) {
        self.lock().closed = true;
        self.freed.notify_one();
    }
}

/// Lets the producer go when the writer ends, also by a panic.
struct CloseOnDrop<'g>(&'g Gate);

impl Drop for CloseOnDrop<'_> {
    fn drop(&mut self) {
        self.0.close();
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
