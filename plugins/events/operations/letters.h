// Kinds of letters that changes of places queue; view/letters.cpp writes them.
#pragma once

#include <string_view>

namespace toimela::events::operations {

// About a registration, to the one who registered.
inline constexpr std::string_view kRegistered = "events.registered";
inline constexpr std::string_view kReminder = "events.reminder";     ///< the day before
inline constexpr std::string_view kChanged = "events.changed";       ///< another time or place
inline constexpr std::string_view kEventCancelled = "events.event_cancelled";
inline constexpr std::string_view kFollowUp = "events.followup";     ///< more is asked of those with a place
// About a participant, to the one who registered.
inline constexpr std::string_view kPromoted = "events.promoted";
inline constexpr std::string_view kOffered = "events.offered";
inline constexpr std::string_view kLapsed = "events.lapsed";
inline constexpr std::string_view kCancelled = "events.cancelled";
inline constexpr std::string_view kApproved = "events.approved";
inline constexpr std::string_view kDeclined = "events.declined";
inline constexpr std::string_view kMoved = "events.moved";
// About a participant, to themselves where they have an address of their own.
inline constexpr std::string_view kPlace = "events.place";           ///< has a place, or no longer
inline constexpr std::string_view kReminderToGuest = "events.reminder_guest";
inline constexpr std::string_view kChangedToGuest = "events.changed_guest";
inline constexpr std::string_view kEventCancelledToGuest = "events.event_cancelled_guest";
// About a participant, to them or to the one who registered them.
inline constexpr std::string_view kAgain = "events.again";           ///< registered with an address that is
inline constexpr std::string_view kFeedback = "events.feedback";
inline constexpr std::string_view kFeedbackReminder = "events.feedback_reminder";
inline constexpr std::string_view kMaterials = "events.materials";
// About an invitation, to a member of the event's network.
inline constexpr std::string_view kInvitation = "events.invitation";

}  // namespace toimela::events::operations
