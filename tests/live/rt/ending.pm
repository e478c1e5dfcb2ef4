# The end of every initial.pl: what needs the groups, the class and the users to be there. Used as `do "$ENV{RT_HERE}/ending.pm"`.
# ending(CLASS, {GROUP => [RIGHTS]}, LOGINS...) lets the groups at the class of articles, and writes a token of every login to tokens.json.
sub ending {
  my ($name, $rights, @logins) = @_;
  my $class = RT::Class->new(RT->SystemUser);
  $class->Load($name);
  for my $group_name (sort keys %$rights) {
    my $group = RT::Group->new(RT->SystemUser);
    $group->LoadUserDefinedGroup($group_name);
    $group->PrincipalObj->GrantRight(Right => $_, Object => $class) for @{ $rights->{$group_name} };
  }
  require RT::AuthToken;
  my %token;
  for my $login ('root', @logins) {
    my $owner = RT::User->new(RT->SystemUser);
    $owner->Load($login);
    my ($id, $message, $text) = RT::AuthToken->new(RT->SystemUser)->Create(Owner => $owner->Id, Description => 'live test');
    die "$login: $message" unless $id;
    $token{$login} = $text;
  }
  open my $file, '>', "$ENV{RT_STATE}/tokens.json" or die $!;
  print $file JSON::to_json(\%token, { pretty => 1, canonical => 1 });
  close $file;
}
1;
