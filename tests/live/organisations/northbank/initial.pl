# Northbank Water in Request Tracker: three queues, one field that says what kind of work a ticket is, and words of their own for everything.
my @team = (['ahughes', 'Ann Hughes'], ['bcarter', 'Ben Carter'], ['cmarsh', 'Cleo Marsh'], ['dprice', 'Dana Price']);
my @others = (['floor', 'Floor desk'], ['deepwater', 'Deepwater Forensics'], ['robot', 'Robot'], ['temp7', 'Somebody'], ['collector', 'Akashi']);
sub user { my ($login, $name) = @_; return { Name => $login, RealName => $name, EmailAddress => "$login\@northbank.example", Password => "pw-$login", Privileged => 1 } }
@Users = map { user(@$_) } @team, @others;
@Groups = (
  { Name => 'Room', Members => { Users => [map { $_->[0] } @team, ['robot'], ['temp7']] } },
  { Name => 'Outside', Members => { Users => ['floor', 'deepwater'] } },
  { Name => 'Readers', Members => { Users => ['collector'] } });
@Queues = map { { Name => $_, Lifecycle => 'desk' } } 'Desk', 'Vendor', 'Sign-off';
my @all = map { $_->{Name} } @Queues;
sub choice { my ($name, @values) = @_; return { Name => $name, Type => 'SelectSingle', Queue => [@all], Values => [map { { Name => $_ } } @values] } }
@CustomFields = (
  choice('Work', 'Call from the floor', 'Case', 'Stop it', 'Back to normal', 'Tell them', 'Lessons', 'Ask us', 'Bulletin', 'Log keeping', 'Odd file', 'Bag and tag', 'Build', 'Edge',
    'Edge signatures', 'Laptops', 'Laptop hunts', 'Lab', 'Big board', 'Our own shop', 'Before we change', 'Should we buy', 'Forensics', 'Tracing', 'Cloud', 'House rule', 'Canteen'),
  choice('Urgency', qw(P1 P2 P3 P4)), choice('Exercise', 'yes'), choice('As agreed', 'as agreed', 'short of it'),
  (map { { Name => $_, Type => 'FreeformSingle', Queue => [@all] } } 'Done on', 'What we make of it', 'Own figure', 'Covers', 'Kept by', 'Edition', 'Looked over on'),
  (map { { Name => $_, Type => 'FreeformSingle', LookupType => 'RT::Class-RT::Article' } } 'Covers', 'Kept by', 'Edition', 'Looked over on'));
@Classes = ({ Name => 'How we do it' });
my @work = qw(SeeQueue ShowTicket ShowTicketComments CreateTicket ReplyToTicket CommentOnTicket OwnTicket ModifyTicket TakeTicket StealTicket SeeCustomField ModifyCustomField);
sub grants { my ($group, $queue, @rights) = @_; return map { { GroupDomain => 'UserDefined', GroupId => $group, Right => $_, ($queue ? (Queue => $queue) : ()) } } @rights }
@ACL = (grants('Room', undef, @work), grants('Outside', undef, qw(SeeQueue CreateTicket ModifyCustomField SeeCustomField)),
  map { grants('Readers', $_, qw(SeeQueue ShowTicket ShowTicketComments SeeCustomField)) } @all);
do "$ENV{RT_HERE}/ending.pm" or die $@ || $!;
@Final = (sub {
  ending('How we do it', { Readers => [qw(ShowArticle SeeClass SeeCustomField)], Room => [qw(ShowArticle SeeClass CreateArticle ModifyArticle SeeCustomField ModifyCustomField)] },
    map { $_->[0] } @team, @others);
});
