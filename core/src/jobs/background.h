// Threads whose work nobody waits for.
#pragma once

#include <sys/resource.h>
#include <unistd.h>

namespace toimela {

/// The calling thread gives way to the others: whoever waits for a page goes before an index or a
/// job. On Linux the priority of a thread is its own (sched(7), "The nice value").
inline void giveWay() { setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), 10); }

}  // namespace toimela
