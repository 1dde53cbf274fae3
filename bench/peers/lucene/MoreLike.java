import java.io.BufferedReader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.queries.mlt.MoreLikeThis;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.MMapDirectory;

/**
 * The yardstick: Lucene's MoreLikeThis over CJK bigrams. `index CORPUS DIR` builds and merges to one segment; `query DIR QUERIES TERMS` writes a
 * line a query: milliseconds, then the ids of the ten best. Lines of both files are id, tab, text.
 */
public class MoreLike {
  public static void main(String[] args) throws Exception {
    if (args[0].equals("index")) index(Paths.get(args[1]), Paths.get(args[2]));
    else query(Paths.get(args[1]), Paths.get(args[2]), Integer.parseInt(args[3]));
  }

  static void index(Path corpus, Path folder) throws Exception {
    IndexWriterConfig config = new IndexWriterConfig(new CJKAnalyzer());
    config.setRAMBufferSizeMB(256);
    config.setOpenMode(IndexWriterConfig.OpenMode.CREATE);
    try (IndexWriter writer = new IndexWriter(FSDirectory.open(folder), config);
        BufferedReader reader = Files.newBufferedReader(corpus)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        int tab = line.indexOf('\t');
        Document document = new Document();
        document.add(new StringField("id", line.substring(0, tab), Field.Store.YES));
        document.add(new TextField("text", line.substring(tab + 1), Field.Store.NO));
        writer.addDocument(document);
      }
      writer.forceMerge(1);
    }
  }

  static void query(Path folder, Path queries, int terms) throws Exception {
    try (DirectoryReader reader = DirectoryReader.open(new MMapDirectory(folder))) {
      IndexSearcher searcher = new IndexSearcher(reader);
      MoreLikeThis like = new MoreLikeThis(reader);
      like.setAnalyzer(new CJKAnalyzer());
      like.setFieldNames(new String[] {"text"});
      like.setMaxQueryTerms(terms);
      like.setMinTermFreq(1);
      like.setMinDocFreq(2);
      List<String> lines = Files.readAllLines(queries);
      // The first round warms the machine's compiler and the page cache; it is not told.
      for (int at = 0; at < Math.min(40, lines.size()); at++) ask(searcher, like, lines.get(at));
      StringBuilder said = new StringBuilder();
      for (String line : lines) {
        long start = System.nanoTime();
        List<String> found = ask(searcher, like, line);
        said.append((System.nanoTime() - start) / 1e6).append(' ').append(String.join(" ", found)).append('\n');
      }
      System.out.print(said);
    }
  }

  static List<String> ask(IndexSearcher searcher, MoreLikeThis like, String line) throws Exception {
    Query query = like.like("text", new StringReader(line.substring(line.indexOf('\t') + 1)));
    List<String> found = new ArrayList<>();
    for (ScoreDoc hit : searcher.search(query, 10).scoreDocs) found.add(searcher.doc(hit.doc).get("id"));
    return found;
  }
}
