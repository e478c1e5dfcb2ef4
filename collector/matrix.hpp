// The matrix: for every service and source whether the source shows the service done, could show it, or cannot; and beside it what the organisation's
// own map says: where the work is recorded, which statuses mean asked and done, where the procedures are. The mapping of an existing SOC onto
// services.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "collector/judgement.hpp"
#include "core/catalogue.hpp"

namespace akashi {

struct MatrixCell {
  enum class Shows : std::uint8_t {
    cannot,      // no rule counts anything of this source for the service
    called_for,  // only what calls for the service
    could,       // something would count, and nothing did in the look-back
    evidenced,   // something counted in the look-back
  };
  Shows shows = Shows::cannot;
  bool silence_counts = false;   // nothing seen here means nothing done, where it was read completely
  std::uint64_t acts = 0;        // of people who count, in the look-back
  std::uint64_t demands = 0;     // that called for the service, in the look-back
  std::uint64_t procedures = 0;  // documents that name the service
  std::optional<Instant> last;   // the newest act ever, counted or not
  std::string sight;             // complete | partial | blind | broken; empty where nothing is looked for
  std::string why;               // not complete
  [[nodiscard]] bool blind() const { return !sight.empty() && sight != "complete"; }
};
[[nodiscard]] std::string_view name(MatrixCell::Shows shows);  // cannot_be | called_for | could_be | evidenced

// A place of the organisation where work of a service is recorded.
struct MatrixPlace {
  std::string source, when, matter, where;  // where: FILE:LINE
  std::vector<std::string> asked, working, done, refused;
  bool drill = false;
  bool given = false;  // the map names the service; otherwise its matter does
  bool work = false;   // what is done is seen here; otherwise only what calls for it
};

struct MatrixProcedure {
  std::string source, id, title, version, owner, url, role;  // role: one of document_roles()
};

// Where the map says that procedures of the service are, whether or not one was read.
struct MatrixShelf {
  std::string source, when, owner;
};

struct MatrixRow {
  const Service* service = nullptr;
  const Finding* finding = nullptr;  // of the first ladder
  std::vector<MatrixCell> cells;     // one per source
  std::vector<MatrixPlace> places;
  std::vector<MatrixProcedure> procedures;
  std::vector<MatrixShelf> shelves;
  // No source could show it being done: a document or a person has to.
  [[nodiscard]] bool needs_a_person() const;
};

struct Matrix {
  Instant as_of{};
  std::vector<std::string> sources, products;  // in the config's order
  std::vector<MatrixRow> rows;                 // judged services, in the catalogue's order
};

// `category`: only this one; empty = all. The judgement has to outlive the matrix.
[[nodiscard]] Matrix make_matrix(const House& house, const Judgement& judgement, std::string_view category);

}  // namespace akashi
