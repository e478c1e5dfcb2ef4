# What REST cannot create: queues, users, custom fields, rights, the class of articles, tokens. Read by rt-setup-database-5 --action insert.
my @analysts = (['asato', 'Aiko Sato'], ['btanaka', 'Bunta Tanaka'], ['cmori', 'Chie Mori'], ['dkimura', 'Daichi Kimura']);
my @others = (['ciso', 'Eiko Hayashi'], ['helpdesk', 'Help desk'], ['soar', 'Automation'], ['collector', 'Akashi'], ['restricted', 'Akashi, few rights'], ['stranger', 'No rights at all']);
sub user { my ($login, $name) = @_; return { Name => $login, RealName => $name, EmailAddress => "$login\@csirt.example", Password => "pw-$login", Privileged => 1 } }
@Users = map { user(@$_) } @analysts, @others;
@Groups = (
  { Name => 'Team', Members => { Users => [(map { $_->[0] } @analysts), 'ciso', 'soar'] } },
  { Name => 'Askers', Members => { Users => ['helpdesk'] } },
  { Name => 'Readers', Members => { Users => ['collector'] } },
  { Name => 'FewReaders', Members => { Users => ['restricted'] } });
@Queues = (
  { Name => 'Incident Reports', Lifecycle => 'incident_reports', CorrespondAddress => 'rt@csirt.example' },
  { Name => 'Incidents', Lifecycle => 'incidents' },
  { Name => 'Investigations', Lifecycle => 'investigations' },
  { Name => 'Countermeasures', Lifecycle => 'countermeasures' },
  { Name => 'Recovery' }, { Name => 'Notifications' }, { Name => 'Closing Reports' }, { Name => 'Enquiries' },
  { Name => 'CDC Operations' }, { Name => 'Tool Checks' }, { Name => 'Tool Trials' }, { Name => 'Approvals' });
my @all = map { $_->{Name} } @Queues;
sub choice { my ($name, $queues, @values) = @_; return { Name => $name, Type => 'SelectSingle', Queue => $queues, Values => [map { { Name => $_ } } @values] } }
@CustomFields = (
  choice('Classification', ['Incidents'], 'Phishing', 'Malware', 'System Compromise', 'Scan', 'Denial of Service', 'Information Leak'),
  choice('Severity', ['Incidents', 'Investigations'], qw(Low Medium High Critical)),
  choice('Resolution', ['Incidents', 'Incident Reports', 'Investigations'], 'successfully resolved', 'no resolution reached', 'no response from customer'),
  choice('How Reported', ['Incident Reports'], qw(Email Telephone SIEM Other)),
  { Name => 'IP', Type => 'IPAddressRangeMultiple', Queue => [@all] },
  { Name => 'Drill', Type => 'FreeformSingle', Queue => [@all] });
@Classes = ({ Name => 'Procedures' });
my @work = qw(SeeQueue ShowTicket ShowTicketComments CreateTicket ReplyToTicket CommentOnTicket OwnTicket ModifyTicket DeleteTicket TakeTicket StealTicket
  ReassignTicket SeeCustomField ModifyCustomField ShowOutgoingEmail);
my @read = qw(SeeQueue ShowTicket ShowTicketComments SeeCustomField);
sub grants { my ($group, $queue, @rights) = @_; return map { { GroupDomain => 'UserDefined', GroupId => $group, Right => $_, ($queue ? (Queue => $queue) : ()) } } @rights }
@ACL = (grants('Team', undef, @work), grants('Askers', undef, qw(SeeQueue CreateTicket ModifyCustomField SeeCustomField)),
  (map { grants('Readers', $_, @read) } @all, '___Approvals'),  # per queue, as a careful administrator would
  map { grants('FewReaders', $_, qw(SeeQueue ShowTicket SeeCustomField)) } 'Incident Reports', 'Incidents');
do "$ENV{RT_HERE}/ending.pm" or die $@ || $!;
@Final = (sub {
  ending('Procedures', { Readers => [qw(ShowArticle SeeClass SeeCustomField)], Team => [qw(ShowArticle SeeClass CreateArticle ModifyArticle SeeCustomField ModifyCustomField)] },
    map { $_->[0] } @analysts, @others);
});
