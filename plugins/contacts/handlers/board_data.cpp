#include "handlers/board_data.h"

#include "operations/posts.h"
#include "store/posts.h"
#include "view/board_json.h"

namespace toimela::contacts::handlers {

PersonalData boardData() {
  return {
      .section = "board",
      .exporter = [](ReadTx& tx,
                     PersonId person) { return view::writtenJson(store::writtenBy(tx, person)); },
      .eraser = operations::forgetWriter,
      .columns = {"contacts_post.author_id", "contacts_post.title", "contacts_post.body",
                  "contacts_post.language", "contacts_post.created_at", "contacts_post.edited_at",
                  "contacts_comment.author_id", "contacts_comment.body",
                  "contacts_comment.language", "contacts_comment.created_at",
                  "contacts_comment.edited_at", "contacts_attachment.file_id"},
      .files =
          [](ReadTx& tx, PersonId person) {
            std::vector<FileId> files;
            for (const Post& post : store::writtenBy(tx, person).posts)
              for (const FileId file : store::filesOf(tx, post.id)) files.push_back(file);
            return files;
          }};
}

ScheduledJob clearBoardJob() {
  return {"clearing", std::chrono::minutes(15), [](Host& host, const JobTurn&) {
            host.writeAs(std::nullopt, [](WriteTx& tx) {
              operations::clearRemoved(tx, tx.time() - std::chrono::hours(1));
            });
          }};
}

}  // namespace toimela::contacts::handlers
