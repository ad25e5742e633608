#include <catch2/catch.hpp>

#include "neighbourhood.h"
#include "store/posts.h"

using namespace toimela;
using namespace toimela::contacts;
using namespace std::chrono_literals;

namespace {

/// A neighbourhood that can write on its board at any time of the past.
struct Writers : Neighbourhood {
  using Neighbourhood::Neighbourhood;

  PostId write(std::string title, std::chrono::minutes ago = 0min, bool isPinned = false) {
    return change([&](WriteTx& tx) {
      return store::insertPost(tx, {.network = network,
                                    .kind = PostKind::question,
                                    .title = std::move(title),
                                    .body = "Teksti",
                                    .language = Locale::sv,
                                    .author = contactPerson,
                                    .createdAt = tx.time() - ago,
                                    .activeAt = tx.time() - ago,
                                    .isPinned = isPinned});
    });
  }
  CommentId answer(PostId post, std::string body = "Vastaus") {
    return change([&](WriteTx& tx) {
      return store::insertComment(
          tx,
          {.post = post, .body = std::move(body), .author = plainMember, .createdAt = tx.time()});
    });
  }
  template <class F>
  auto look(F&& work) {
    return host().read(work);
  }
  store::PostRow post(PostId id) {
    return look([&](ReadTx& tx) { return store::findPost(tx, network, id).value(); });
  }
};

using Titles = std::vector<std::string>;
Titles titlesOf(const std::vector<store::PostRow>& rows) {
  Titles titles;
  for (const auto& row : rows) titles.push_back(row.post.title);
  return titles;
}

}  // namespace

TEST_CASE("a post is found as it was written, with its author and its comments",
          "[contacts][store][board]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Writers w(database);
      const auto id = w.write("Otsikko");
      w.answer(id);
      const auto gone = w.answer(id);
      w.change([&](WriteTx& tx) { return store::removeComment(tx, gone); });
      const auto row = w.post(id);
      CHECK(row.author == "Yrjö Yhteyshenkilö");
      CHECK(row.comments == 1);
      CHECK(row.files == 0);
      CHECK(row.post.kind == PostKind::question);
      CHECK(row.post.body == "Teksti");
      CHECK(row.post.language == Locale::sv);
      CHECK(row.post.author == w.contactPerson);
      CHECK_FALSE(row.post.editedAt);
      CHECK_FALSE(row.post.isRemoved());
      const auto other = w.addNetwork("Toinen", kPirkanmaa);
      CHECK_FALSE(w.look([&](ReadTx& tx) { return store::findPost(tx, other, id).has_value(); }));
    }
  }
}

TEST_CASE("a board is read from the most active down, page by page, without the pinned",
          "[contacts][store][board]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Writers w(database);
      const auto oldest = w.write("vanhin", 90min);
      w.write("keskimmäinen", 60min);
      w.write("uusin", 30min);
      w.write("ylhäällä", 500min, true);
      const auto below = [&](std::optional<store::BoardPlace> place, int limit) {
        return w.look([&](ReadTx& tx) { return store::postsBelow(tx, w.network, place, limit); });
      };
      CHECK(titlesOf(below({}, 10)) == Titles{"uusin", "keskimmäinen", "vanhin"});
      w.answer(oldest);
      const auto first = below({}, 2);
      CHECK(titlesOf(first) == Titles{"vanhin", "uusin"});
      const Post& last = first.back().post;
      CHECK(titlesOf(below(store::BoardPlace{last.activeAt, last.id}, 2)) ==
            Titles{"keskimmäinen"});
      CHECK(titlesOf(w.look([&](ReadTx& tx) { return store::pinnedPosts(tx, w.network, 5); })) ==
            Titles{"ylhäällä"});
    }
  }
}

TEST_CASE("posts of the same moment are on one page each", "[contacts][store][board]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Writers w(database);
      w.change([&](WriteTx& tx) {
        for (const char* title : {"a", "b", "c"})
          store::insertPost(tx, {.network = w.network,
                                 .title = title,
                                 .createdAt = tx.time(),
                                 .activeAt = tx.time()});
        return true;
      });
      Titles seen;
      std::optional<store::BoardPlace> place;
      for (int page = 0; page < 3; ++page) {
        const auto rows =
            w.look([&](ReadTx& tx) { return store::postsBelow(tx, w.network, place, 1); });
        REQUIRE(rows.size() == 1);
        seen.push_back(rows[0].post.title);
        place = store::BoardPlace{rows[0].post.activeAt, rows[0].post.id};
      }
      CHECK(seen == Titles{"c", "b", "a"});
    }
  }
}

TEST_CASE("words that changed meanwhile are not overwritten", "[contacts][store][board]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Writers w(database);
      const auto id = w.write("Otsikko");
      Post post = w.post(id).post;
      post.title = "Ensimmäinen";
      CHECK(w.change([&](WriteTx& tx) { return store::updatePost(tx, post); }));
      post.title = "Toinen";
      CHECK_FALSE(w.change([&](WriteTx& tx) { return store::updatePost(tx, post); }));
      CHECK(w.post(id).post.title == "Ensimmäinen");
      CHECK(w.post(id).post.editedAt);

      const auto commentId = w.answer(id);
      Comment comment =
          w.look([&](ReadTx& tx) { return store::findComment(tx, id, commentId)->comment; });
      comment.body = "Parempi";
      CHECK(w.change([&](WriteTx& tx) { return store::updateComment(tx, comment); }));
      CHECK_FALSE(w.change([&](WriteTx& tx) { return store::updateComment(tx, comment); }));
    }
  }
}

TEST_CASE("a removed post is a trace without words", "[contacts][store][board]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Writers w(database);
      const auto id = w.write("Otsikko", 0min, true);
      w.answer(id);
      CHECK(w.change([&](WriteTx& tx) { return store::removePost(tx, id); }));
      CHECK_FALSE(w.change([&](WriteTx& tx) { return store::removePost(tx, id); }));
      const auto row = w.post(id);
      CHECK(row.post.isRemoved());
      CHECK(row.post.title.empty());
      CHECK(row.post.body.empty());
      CHECK_FALSE(row.post.isPinned);
      CHECK(row.comments == 1);
      CHECK_FALSE(w.change([&](WriteTx& tx) { return store::setPinned(tx, id, true); }));
      CHECK_FALSE(w.change([&](WriteTx& tx) { return store::updatePost(tx, row.post); }));
    }
  }
}

TEST_CASE("only questions are answered, and a question that becomes a tip is none any more",
          "[contacts][store][board]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Writers w(database);
      const auto id = w.write("Kysymys");
      CHECK(w.change([&](WriteTx& tx) { return store::setAnswered(tx, id, true); }));
      CHECK_FALSE(w.change([&](WriteTx& tx) { return store::setAnswered(tx, id, true); }));
      CHECK(w.post(id).post.isAnswered);
      Post post = w.post(id).post;
      post.kind = PostKind::tip;
      w.change([&](WriteTx& tx) { return store::updatePost(tx, post); });
      CHECK_FALSE(w.post(id).post.isAnswered);
      CHECK_FALSE(w.change([&](WriteTx& tx) { return store::setAnswered(tx, id, true); }));
    }
  }
}

TEST_CASE("comments are read in pages from either end", "[contacts][store][board]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Writers w(database);
      const auto id = w.write("Kysymys");
      for (const char* body : {"1", "2", "3"}) w.answer(id, body);
      const auto bodies = [](const std::vector<store::CommentRow>& rows) {
        std::string all;
        for (const auto& row : rows) all += row.comment.body;
        return all;
      };
      const auto last = w.look([&](ReadTx& tx) { return store::commentsBefore(tx, id, {}, 2); });
      CHECK(bodies(last) == "23");
      CHECK(bodies(w.look([&](ReadTx& tx) {
              return store::commentsBefore(tx, id, last[0].comment.id, 2);
            })) == "1");
      const auto first =
          w.look([&](ReadTx& tx) { return store::commentsAfter(tx, id, CommentId{0}, 2); });
      CHECK(bodies(first) == "12");
      CHECK(bodies(w.look([&](ReadTx& tx) {
              return store::commentsAfter(tx, id, first[1].comment.id, 2);
            })) == "3");
    }
  }
}

TEST_CASE("news are those of one's own networks, while one is in them",
          "[contacts][store][board]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Writers w(database);
      w.write("uusi");
      const auto gone = w.write("poistettu");
      w.change([&](WriteTx& tx) { return store::removePost(tx, gone); });
      w.write("vanha", 60 * 24 * 40min);
      const auto former = w.site.person("Entinen", "Jäsen");
      w.addMember(w.network, former, MemberRole::member,
                  {Date::today().plusDays(-9), Date::today().plusDays(-1)});
      const auto news = [&](PersonId person) {
        Titles titles;
        w.look([&](ReadTx& tx) {
          for (const auto& item :
               store::newsFor(tx, person, Date::today(), now() - std::chrono::days(30), 5))
            titles.push_back(item.row.post.title);
          return true;
        });
        return titles;
      };
      CHECK(news(w.plainMember) == Titles{"uusi"});
      CHECK(news(w.coordinator) == Titles{"uusi"});
      CHECK(news(former).empty());
      CHECK(news(w.site.person("Vieras", "Ihminen")).empty());
      w.site.switchPlugin("contacts", "06", false);
      CHECK(news(w.plainMember).empty());
    }
  }
}

TEST_CASE("membership is asked of a day", "[contacts][store][board]") {
  for (const auto& database : testing::databases()) {
    DYNAMIC_SECTION(database.name) {
      Writers w(database);
      const auto isMember = [&](PersonId person, Date day) {
        return w.look([&](ReadTx& tx) { return store::isMember(tx, w.network, person, day); });
      };
      CHECK(isMember(w.plainMember, Date::today()));
      CHECK_FALSE(isMember(w.plainMember, Date::today().plusDays(-2)));
      CHECK_FALSE(isMember(w.coordinator, Date::today()));
    }
  }
}
