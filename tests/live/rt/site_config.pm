# RT's configuration for the live test; the paths and the port come from the environment (see up).
Set($rtname, 'csirt.example');
Set($Organization, 'csirt.example');
Set($CorrespondAddress, 'rt@csirt.example');
Set($CommentAddress, 'rt-comment@csirt.example');
Set($WebDomain, '127.0.0.1');
Set($WebPort, $ENV{RT_PORT});
Set($WebBaseURL, "http://127.0.0.1:$ENV{RT_PORT}");
Set($Timezone, 'UTC');
Set($DatabaseType, 'SQLite');
Set($DatabaseName, "$ENV{RT_STATE}/rt5.sqlite");
Set($LogToSyslog, undef);
Set($LogToFile, undef);
Set($LogToSTDERR, 'error');
Set($MailCommand, 'testfile');  # no mail leaves
Set($WebSessionClass, 'Apache::Session::File');
Set($BcryptCost, 4);            # the default of 12 costs 0.2 s of processor time for each request, tokens included
Set(%GnuPG, Enable => 0);
$RT::MasonDataDir = "$ENV{RT_STATE}/mason";
$RT::MasonSessionDir = "$ENV{RT_STATE}/sessions";
# The lifecycles of RT for Incident Response (statuses and who may move them), written anew.
sub lifecycle {
  my ($initial, $active, $inactive, $merged) = @_;
  my @all = (@$initial, @$active, grep { $_ ne 'deleted' } @$inactive);
  return { type => 'ticket', initial => $initial, active => $active, inactive => $inactive,
    defaults => { on_create => (@$initial, @$active)[0], on_merge => $merged },
    transitions => { '' => [@all], map { my $from = $_; $from => [grep { $_ ne $from } @all, 'deleted'] } @all },
    rights => { '* -> *' => 'ModifyTicket' } };
}
Set(%Lifecycles,
  incident_reports => lifecycle(['new'], ['open'], ['resolved', 'rejected', 'deleted'], 'resolved'),
  incidents => lifecycle([], ['open'], ['resolved', 'abandoned', 'deleted'], 'resolved'),
  investigations => lifecycle([], ['open'], ['resolved', 'deleted'], 'resolved'),
  countermeasures => lifecycle(['pending activation'], ['active', 'pending removal'], ['removed', 'deleted'], 'removed'),
  desk => lifecycle(['logged'], ['on it', 'with vendor'], ['wrapped up', 'turned down', 'deleted'], 'wrapped up'),  # of an organisation with words of its own
);
1;
