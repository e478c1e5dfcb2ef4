#include "bench/evidence/job.hpp"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace akashi::bench {

void write_line(const Line& line, std::string& out) {
  const std::string_view separator = " ";
  out.append(line.service).append(separator).append(line.rule).append(separator).append(format_day(line.day));
  out.append(separator)
      .append(std::to_string(line.count))
      .append(separator)
      .append(format_time(line.first))
      .append(separator)
      .append(format_time(line.last));
  for (std::size_t i = 0; i < line.actors.size(); ++i) out.append(i == 0 ? " " : ",").append(line.actors[i]);
  out.append(separator).append(line.smallest_digest).append("\n");
}

void read_fully(int file, const PagePlace& place, char* into) {
  std::size_t done = 0;
  while (done < place.bytes) {
    const ssize_t got = pread(file, into + done, place.bytes - done, place.offset + static_cast<std::int64_t>(done));
    if (got <= 0) {
      std::fputs("the file of pages cannot be read\n", stderr);
      std::exit(1);
    }
    done += static_cast<std::size_t>(got);
  }
}

}  // namespace akashi::bench
