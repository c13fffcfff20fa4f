package io.pgha.dcs.etcd;

/** A user of etcd. The password is in no text of this record. */
public record EtcdLogin(String username, String password) {
    @Override
    public String toString() {
        return "EtcdLogin[username=" + username + ", password=***]";
    }
}
