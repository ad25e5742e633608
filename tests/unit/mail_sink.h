// A mail server for tests: takes mail on loopback, answers as it is told, remembers what it took.
#pragma once

#include <Poco/Net/DialogSocket.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/ServerSocket.h>

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace toimela::testing {

class MailSink {
 public:
  struct Taken {
    std::string from, recipient, message;
  };
  /// What to answer to a line the client sent; empty: what a server in good health would say.
  /// "hang up" closes the connection without a word.
  using Answer = std::function<std::string(const std::string& line)>;

  explicit MailSink(Answer answer = [](const std::string&) { return std::string(); })
      : answer_(std::move(answer)),
        socket_(Poco::Net::SocketAddress("127.0.0.1", 0)),
        thread_([this] { serve(); }) {}

  ~MailSink() {
    stopping_ = true;
    try {
      Poco::Net::StreamSocket knock(socket_.address());  // wakes the accepting thread
    } catch (const Poco::Exception&) {
    }
    thread_.join();
    for (auto& talk : talks_) talk.join();
  }

  int port() const { return socket_.address().port(); }
  std::vector<Taken> taken() const {
    std::lock_guard lock(mutex_);
    return taken_;
  }
  std::vector<std::string> heard() const {
    std::lock_guard lock(mutex_);
    return heard_;
  }

 private:
  void serve() {
    while (true) {
      Poco::Net::StreamSocket client = socket_.acceptConnection();
      if (stopping_) return;
      talks_.emplace_back([this, client] {
        try {
          talk(client);
        } catch (const Poco::Exception&) {
          // The client went away.
        }
      });
    }
  }

  void talk(const Poco::Net::StreamSocket& client) {
    Poco::Net::DialogSocket dialog(client);
    dialog.setReceiveTimeout(Poco::Timespan(20, 0));
    dialog.sendMessage("220 sink.example.org");
    Taken mail;
    for (std::string line; dialog.receiveMessage(line);) {
      remember(line);
      std::string answer = answer_(line);
      if (answer == "hang up") return;
      if (line == "DATA" && answer.empty()) {
        dialog.sendMessage("354 go on");
        mail.message.clear();
        while (dialog.receiveMessage(line) && line != ".")
          mail.message += (line.starts_with('.') ? line.substr(1) : line) + "\r\n";
        answer = answer_(".");
        if (answer == "hang up") return;
        if (answer.empty()) {
          std::lock_guard lock(mutex_);
          taken_.push_back(mail);
        }
      } else if (line.starts_with("MAIL FROM:")) {
        mail = {line.substr(10), "", ""};
      } else if (line.starts_with("RCPT TO:")) {
        mail.recipient = line.substr(8);
      }
      dialog.sendMessage(!answer.empty() ? answer : line == "QUIT" ? "221 bye" : "250 fine");
      if (line == "QUIT") return;
    }
  }

  void remember(const std::string& line) {
    std::lock_guard lock(mutex_);
    heard_.push_back(line);
  }

  Answer answer_;
  Poco::Net::ServerSocket socket_;
  std::atomic<bool> stopping_{false};
  mutable std::mutex mutex_;
  std::vector<Taken> taken_;
  std::vector<std::string> heard_;
  std::vector<std::thread> talks_;
  std::thread thread_;
};

}  // namespace toimela::testing
