# What the setup.rb of every story makes in the same way.
def made(kind, keys, **values)
  item = kind.find_or_initialize_by(keys)
  values.each { |name, value| item.public_send("#{name}=", value) }
  item.save!
  item
end

def administrator_key
  admin = User.find_by_login('admin')
  admin.must_change_passwd = false
  admin.save!
  admin.api_key
end

def person(login, first, last, host, language)
  made(User, { login: login }, firstname: first, lastname: last, mail: "#{login}@#{host}", password: "pw-#{login}-123", password_confirmation: "pw-#{login}-123",
       language: language, status: User::STATUS_ACTIVE)
end

# Any status may follow any other.
def any_status_may_follow(statuses, trackers, role)
  trackers.each do |tracker|
    ([nil] + statuses).product(statuses).each do |from, to|
      WorkflowTransition.create!(tracker_id: tracker.id, role_id: role.id, old_status_id: from ? from.id : 0, new_status_id: to.id) unless from == to
    end
  end
end
